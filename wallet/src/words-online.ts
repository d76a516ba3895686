/** The texts of a request that comes over the network. zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'online.title': '在网上出示证照',
  'online.ask': '有单位请您在网上出示证照',
  'online.first':
    '要求的内容放在下面这个地址。同意后才会去取，并核对是谁提出的；看过内容再决定是否出示。',
  'online.where': '地址',
  'online.fetch': '取回并核对',
  'online.fetching': '正在取回并核对是谁在请求…',
  'online.failed': '没有取到',
  'online.send-failed': '没有送达',
  'online.none': '没有打开的链接。',
  'online.again': '扫描或粘贴链接',
  'online.device': '网上',
  'online.agree': '同意并发送（{count} 张证照）',
  'online.what': '只出示上面列出的内容，只给这个单位，只用一次。同意后经网络发送，会记入您的记录。',
  'online.given': '已发送给{office}',
  'online.given-text':
    '对方收到了您同意出示的内容。出示了什么，可在“记录”页查看；窗口给出回执码的，请扫下来留底。',
  'online.go-back': '回到 {host}',
} as const

type OnlineMessage = keyof typeof zh

const en: Record<OnlineMessage, string> = {
  'online.title': 'Show licences over the network',
  'online.ask': 'An office asks you to show licences over the network',
  'online.first':
    'What it asks lies at the address below. Nobody was contacted yet: once you agree it is fetched and checked who asks; then you decide.',
  'online.where': 'Address',
  'online.fetch': 'Fetch and check',
  'online.fetching': 'Fetching, and checking who asks…',
  'online.failed': 'It could not be fetched',
  'online.send-failed': 'It did not arrive',
  'online.none': 'No link is open.',
  'online.again': 'Scan or paste a link',
  'online.device': 'online',
  'online.agree': 'Agree and send ({count} licences)',
  'online.what':
    'Only what stands above is shown, to this office only, and once. It is sent over the network, and goes into your history.',
  'online.given': 'Sent to {office}',
  'online.given-text':
    'They received what you agreed to. What you showed stands under History. If the counter shows a receipt, scan and keep it.',
  'online.go-back': 'Back to {host}',
}

const catalogue: Catalogue<OnlineMessage> = defineMessages<OnlineMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const wv: Translate<OnlineMessage> = translator(catalogue)
