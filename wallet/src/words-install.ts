/** The texts of the installing guide and of keeping the storage. zh-CN is the source. */
import { type Catalogue, defineMessages, type Translate, translator } from '@onetrip/ui'

const zh = {
  'install.title': '添加到主屏幕',
  'install.back': '返回设置',
  'install.why': '放在主屏幕上的证照夹，一点就开，浏览器也不会因为久未使用或空间不足而清除证照。',
  'install.later': '不再提示',
  'install.open': '怎样添加',
  'install.installed': '已经添加到主屏幕，不用再做什么。',

  'hint.title': '把证照夹添加到主屏幕',
  'hint.ios': '否则 Safari 会在 7 天不打开后清除证照。',
  'hint.in-app': '聊天或支付应用里的页面随时可能被清除。请改用浏览器打开。',
  'hint.other': '否则空间不足时，浏览器可能清除证照。',

  'ios.steps': '在 iPhone 或 iPad 上',
  'ios.1': '用 Safari 打开本页，点“分享”按钮：方框里一个向上的箭头。',
  'ios.2': '向下找到“添加到主屏幕”，点一下。',
  'ios.3': '点右上角的“添加”。主屏幕上会出现证照夹的图标。',
  'ios.4':
    '以后从这个图标打开。它的存储与 Safari 分开：如果里面没有证照，请在里面重新领取一次，扫码或粘贴领取链接都可以。',

  'prompt.steps': '在这台设备上',
  'prompt.1': '点下面的按钮，浏览器会问一次，选“安装”或“添加”。',
  'prompt.button': '添加到主屏幕',

  'android.steps': '在安卓手机上',
  'android.1': '打开浏览器的菜单：右上角或底部的三个点或三条线。',
  'android.2': '选“添加到主屏幕”或“安装应用”。有的浏览器把它放在“工具箱”或“分享”里。',
  'android.3': '点“添加”或“安装”。以后从主屏幕的图标打开，证照还在。',

  'desktop.steps': '在电脑上',
  'desktop.1': '在 Chrome 或 Edge 的地址栏右端点“安装”图标，或在菜单里选“安装”。',
  'desktop.2': '在 Mac 的 Safari 里，打开“文件”菜单，选“添加到程序坞”。',
  'desktop.3': '以后从桌面、开始菜单或程序坞打开。',

  'in-app.steps': '正在聊天或支付应用里',
  'in-app.1': '点右上角的三个点，选“在浏览器打开”。',
  'in-app.2': '在浏览器里再打开本页，按那里的步骤添加。',
  'in-app.3': '请在浏览器里领取证照；在这里领取的，不会跟过去。',

  'keep.title': '保存是否可靠',
  'keep.persistent': '浏览器已承诺保留：空间不足时也不会自动清除证照。',
  'keep.clearable': '浏览器没有承诺保留：空间不足或久未使用时，可能清除证照。',
  'keep.unknown': '这个浏览器不说明是否保留，请当作可能被清除。',
  'keep.do': '请把证照夹添加到主屏幕，并常常打开。万一被清除，证照本身仍然有效，可以重新领取。',
  'keep.manual': '无论如何，在浏览器里清除本网站的数据，都会删除证照。',
  'keep.ask': '请浏览器保留',
} as const

/** A key of these texts. */
export type InstallMessage = keyof typeof zh

const en: Record<InstallMessage, string> = {
  'install.title': 'Add to the Home Screen',
  'install.back': 'Back to settings',
  'install.why':
    'On the Home Screen the wallet is one tap away, and the browser does not clear your licences when you have not been here for long or room is short.',
  'install.later': 'Do not show again',
  'install.open': 'How to add it',
  'install.installed': 'It is on the Home Screen already; nothing more to do.',

  'hint.title': 'Add the wallet to your Home Screen',
  'hint.ios': 'Otherwise Safari clears your licences after 7 days without a visit.',
  'hint.in-app':
    'A page inside a chat or payment app can be cleared at any time. Open the wallet in a browser.',
  'hint.other': 'Otherwise the browser may clear your licences when room is short.',

  'ios.steps': 'On an iPhone or iPad',
  'ios.1': 'Open this page in Safari and tap Share: a square with an arrow that points up.',
  'ios.2': 'Scroll down to “Add to Home Screen” and tap it.',
  'ios.3': 'Tap “Add” at the top right. The wallet’s icon appears on the Home Screen.',
  'ios.4':
    'Open it by that icon from then on. Its storage is apart from Safari’s: if there are no licences in it, receive them once more there, by scanning or pasting the link.',

  'prompt.steps': 'On this device',
  'prompt.1': 'Press the button below. The browser asks once; choose “Install” or “Add”.',
  'prompt.button': 'Add to the Home Screen',

  'android.steps': 'On an Android phone',
  'android.1':
    'Open the browser’s menu: three dots or lines at the top right, or along the bottom.',
  'android.2':
    'Choose “Add to Home screen” or “Install app”. Some browsers keep it under “Tools” or “Share”.',
  'android.3': 'Tap “Add” or “Install”. Open the wallet by its icon; your licences are there.',

  'desktop.steps': 'On a computer',
  'desktop.1':
    'In Chrome or Edge, click the install sign at the right of the address bar, or choose “Install” in the menu.',
  'desktop.2': 'In Safari on a Mac, open the File menu and choose “Add to Dock”.',
  'desktop.3': 'Open it from the desktop, the start menu or the Dock.',

  'in-app.steps': 'Inside a chat or payment app',
  'in-app.1': 'Tap the three dots at the top right and choose “Open in browser”.',
  'in-app.2': 'Open this page again there and follow its steps.',
  'in-app.3': 'Receive your licences in the browser: what is received here does not come along.',

  'keep.title': 'How safe the storage is',
  'keep.persistent':
    'The browser promised to keep it: your licences are not cleared when room is short.',
  'keep.clearable':
    'The browser did not promise to keep it: it may clear your licences when room is short or after a long time.',
  'keep.unknown':
    'This browser does not say whether it keeps the storage; take it that it may not.',
  'keep.do':
    'Add the wallet to the Home Screen and open it now and then. Should it be cleared all the same, the licences are still valid and can be received again.',
  'keep.manual': 'Clearing this site’s data in the browser always deletes the licences.',
  'keep.ask': 'Ask the browser to keep it',
}

const catalogue: Catalogue<InstallMessage> = defineMessages<InstallMessage>(zh, en)

/** Gives one of these texts in the current language. */
export const wi: Translate<InstallMessage> = translator(catalogue)
