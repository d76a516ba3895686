/** By which way this browser puts the wallet on the Home Screen, where its storage is not dropped. */

/**
 * `installed`: it is there already; `in-app`: inside a chat or pay app, which keeps nothing for sure and
 * must be left first; `ios`: by hand through the share menu; `prompt`: the browser's own question;
 * `android` and `desktop`: by hand through the browser's menu.
 */
export type InstallWay = 'installed' | 'in-app' | 'ios' | 'prompt' | 'android' | 'desktop'

/** What is known of the browser. */
export interface InstallFacts {
  readonly userAgent: string
  /** An iPad calls itself a Macintosh; no Macintosh has a touch screen. */
  readonly maxTouchPoints: number
  /** The page runs in a window of its own. */
  readonly isStandalone: boolean
  /** The browser has offered its own question. */
  readonly hasPrompt: boolean
}

const IN_APP = /MicroMessenger|AlipayClient|DingTalk|\bQQ\/|Weibo|Feishu|Lark\//
const APPLE = /iPhone|iPad|iPod/

/** Tells the way. */
export function installWay(facts: InstallFacts): InstallWay {
  const { userAgent, maxTouchPoints, isStandalone, hasPrompt } = facts
  if (isStandalone) {
    return 'installed'
  }
  if (IN_APP.test(userAgent)) {
    return 'in-app'
  }
  if (APPLE.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1)) {
    return 'ios'
  }
  if (hasPrompt) {
    return 'prompt'
  }
  return userAgent.includes('Android') ? 'android' : 'desktop'
}
