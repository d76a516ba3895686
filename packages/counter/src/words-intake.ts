/** The texts about files that are read. zh-CN is the source. */

import { defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  reading: '正在读取文件…',
  page: '第 {page} 页，共 {pages} 页。',
  rest: '最多还需约 {seconds} 秒。',
  cancel: '取消',
  'no-code':
    '图片或文件里没有读到二维码。请换一张清晰、完整的图片；盖章文件请连同签章文件（.seal）一起给出。',
  'too-large':
    '文件过大，未打开。请只给出带有二维码的图片；盖章文件请连同签章文件（.seal）一起给出。',
  'not-opened': '这张图片打不开：格式不支持，或文件已损坏。请换成 JPEG 或 PNG 图片。',
  'frames-mixed': '几个动态码混在了一起，或其中一部分被改动。请从头逐帧扫描同一个动态码。',
  'reader-failed': '扫码组件未能载入，无法读取文件。请联网打开一次本页后重试。',
  'pdf-encrypted': '这份 PDF 设有密码，打不开。请让对方给出未加密的文件，或出示二维码。',
  'pdf-broken': '这份 PDF 已损坏，读不出来。请让对方重新导出，或出示二维码。',
  'pdf-too-large': '这份 PDF 过大或过于复杂（上限 20 MB），未能读完。请只给出带有二维码的那一页。',
  'pdf-too-many-pages': '只看了前 50 页，没有读到二维码。请只给出带有二维码的那一页。',
} as const

/** A key of these texts. */
export type IntakeMessage = keyof typeof zh

const en: Record<IntakeMessage, string> = {
  reading: 'Reading the file…',
  page: 'Page {page} of {pages}.',
  rest: 'At most {seconds} s left.',
  cancel: 'Cancel',
  'no-code':
    'No code was found in that picture or file. Try a sharp, complete picture; give a sealed file with its seal file (.seal).',
  'too-large':
    'The file is too large and was not opened. Give only the picture with the code, or a sealed file with its seal file (.seal).',
  'not-opened':
    'This picture cannot be opened: its kind is not known here, or it is broken. Give a JPEG or PNG.',
  'frames-mixed':
    'Several animated codes were mixed up, or a part was altered. Scan one of them from its start.',
  'reader-failed':
    'The code reader could not be loaded. Open this page once with a network and try again.',
  'pdf-encrypted':
    'This PDF has a password and cannot be opened. Ask for a file without one, or for the code itself.',
  'pdf-broken': 'This PDF is damaged. Ask for it to be exported again, or for the code itself.',
  'pdf-too-large':
    'This PDF is too large or too complex (at most 20 MB). Give only the page with the code.',
  'pdf-too-many-pages':
    'Only the first 50 pages were looked at and hold no code. Give only the page with the code.',
}

/** These texts in both languages. */
export const intakeMessages: ReturnType<typeof defineMessages<IntakeMessage>> =
  defineMessages<IntakeMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const ti: Translate<IntakeMessage> = translator(intakeMessages)
