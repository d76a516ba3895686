/** How and by when somebody objects to what was refused them; a refusal has to say so (行政许可法 art. 38). */

/**
 * The sentence for a refusal: sixty days to have it reviewed (行政复议法 2023 arts. 20, 24 and 27: by the government over the organ, or by
 * the organ above where it is led from above), six months to sue (行政诉讼法 art. 46).
 */
export const OBJECTION: string =
  '如不服本决定，可以自收到本决定书之日起六十日内，依法向作出决定的机关的本级人民政府申请行政复议（海关、税务等实行垂直领导的机关，向其上一级主管部门申请）；也可以自收到之日起六个月内，依法直接向有管辖权的人民法院提起行政诉讼。'
