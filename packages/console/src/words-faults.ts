/** What refusals of cases mean, by their codes; the other words stand in `error-words.ts`. */

/** Codes that are explained here. */
export const CASE_FAULTS = [
  'approval/missing',
  'case/changed',
  'case/decided',
  'case/deferred',
  'case/draft',
  'case/evidence',
  'case/form',
  'case/ground',
  'case/material',
  'case/materials-missing',
  'case/not-found',
  'case/not-handed-over',
  'case/parts-open',
  'case/reason',
  'case/seal-open',
  'case/state',
  'case/visit',
  'credential/lint',
  'guide/answers',
  'guide/unknown',
  'qr/too-big',
  'request/office',
  'upload/active-content',
  'upload/media-type',
  'upload/not-found',
  'upload/too-large',
  'upload/too-many',
  'upload/unreadable',
] as const

/** One of {@link CASE_FAULTS}. */
export type CaseFault = (typeof CASE_FAULTS)[number]

/** In Chinese, the source. */
export const CASE_FAULTS_ZH: Readonly<Record<CaseFault, string>> = {
  'approval/missing': '这一步须由另一人先同意。',
  'case/changed': '同事刚刚改动了这一件。您填写的内容还在：关闭后看到的是最新情况，核对后再办。',
  'case/decided':
    '已有部门据此作出决定：它用到的表单项和材料不能再改。要补正的，请补在其他项目里。',
  'case/deferred': '还有容缺的材料没有补交，不能准予。',
  'case/draft': '决定书与您看到的不一致，或内容不合要求。请刷新后重新核对。',
  'case/evidence': '还没有收到出示的证照，或这份证照不能用作这项材料。',
  'case/form': '表单有必填项未填，或填写不合要求。',
  'case/ground': '请选择办事指南所列的法定理由。',
  'case/material': '这项材料不能以这种方式提交。',
  'case/materials-missing': '还有材料没有提交。',
  'case/not-found': '没有这一件，或不归本单位办理。',
  'case/not-handed-over': '还没有领到证照：请申请人先收进钱包，或打印纸质证照。',
  'case/parts-open': '还有部门没有办完，不能办结。',
  'case/reason': '请填写理由。',
  'case/seal-open': '已有一份用印申请在办。',
  'case/state': '这一件的状态已不允许这样办。请刷新查看。',
  'case/visit': '须先完成现场勘验并合格；结果只登记一次，勘验日之前不能登记，改了日子请先改期。',
  'credential/lint': '试签核验未通过：照此颁发的证照无法核验。没有提交。',
  'guide/answers': '请回答每一个问题；照这样回答没有可办的事项。',
  'guide/unknown': '目录里没有这个事项的办事指南。',
  'qr/too-big': '内容太长，印不进纸质证照的二维码。',
  'request/office': '这个事项不能在本单位提交。',
  'upload/active-content': '文件里有脚本等活动内容，不能收。',
  'upload/media-type': '只收 PDF、JPEG 和 PNG。',
  'upload/not-found': '没有这个文件，或与您的审查无关。',
  'upload/too-large': '文件太大，最多 20 MiB。',
  'upload/too-many': '这一件的文件已满。',
  'upload/unreadable': '文件读不出来，可能已损坏。',
}

/** In English. */
export const CASE_FAULTS_EN: Record<CaseFault, string> = {
  'approval/missing': 'Another person has to agree to this first.',
  'case/changed':
    'A colleague has just changed this. What you typed is kept: close, look how it stands now, then act.',
  'case/decided':
    'A department has decided by it: the fields and materials that it used stay as they are. Correct by the others.',
  'case/deferred': 'Materials that were to follow are not there yet.',
  'case/draft': 'The decision is not the one you saw, or cannot be so. Refresh and compare again.',
  'case/evidence': 'No licence was shown yet, or it does not serve as this material.',
  'case/form': 'The form lacks something, or something in it is not acceptable.',
  'case/ground': 'Choose one of the legal grounds of the guide.',
  'case/material': 'This material cannot be given in this way.',
  'case/materials-missing': 'Materials are missing.',
  'case/not-found': 'There is no such case, or it is not your organisation’s.',
  'case/not-handed-over': 'The licence is in no wallet and on no paper yet.',
  'case/parts-open': 'A department has not finished.',
  'case/reason': 'A reason is needed.',
  'case/seal-open': 'A request for the seal is under way.',
  'case/state': 'This can no longer be done. Refresh to see why.',
  'case/visit':
    'A visit has to be passed first. Findings are noted once, and not before its day: where the day changed, move it first.',
  'credential/lint': 'The trial failed: such a licence could not be verified. Nothing was sent.',
  'guide/answers': 'Answer each question; with these answers there is nothing to apply for.',
  'guide/unknown': 'There is no guide for this matter.',
  'qr/too-big': 'That is too long for the code of a printed licence.',
  'request/office': 'This matter cannot be brought here.',
  'upload/active-content': 'The file has scripts or the like in it.',
  'upload/media-type': 'Only PDF, JPEG and PNG.',
  'upload/not-found': 'There is no such file, or it is not for your review.',
  'upload/too-large': 'The file is too large; at most 20 MiB.',
  'upload/too-many': 'The case can hold no more files.',
  'upload/unreadable': 'The file cannot be read; it may be damaged.',
}
