/** How and by when somebody objects to what was refused them; a refusal has to say so (行政许可法 art. 38). */

/**
 * The sentence for a refusal: sixty days to have it reviewed (行政复议法 2023 arts. 20, 24 and 27: by the government over the organ, or by
 * the organ above where it is led from above), six months to sue (行政诉讼法 art. 46). What is sealed or printed says it in zh-CN.
 */
export const OBJECTION: { readonly 'zh-CN': string; readonly en: string } = {
  'zh-CN':
    '如不服本决定，可以自收到本决定书之日起六十日内，依法向作出决定的机关的本级人民政府申请行政复议（海关、税务等实行垂直领导的机关，向其上一级主管部门申请）；也可以自收到之日起六个月内，依法直接向有管辖权的人民法院提起行政诉讼。',
  en: 'If you do not accept this decision, you can apply within 60 days of receiving it for administrative reconsideration by the people’s government that the organ belongs to (of organs led from above, such as customs and taxation: by the organ above it), or sue in the people’s court that has jurisdiction within six months of receiving it.',
}
