/** For tests: the part of a browser that sign-in needs. Cookies of one host by name, redirects followed while they stay at it. */

/** Where a navigation ended: an answer, or an address of another origin that was not loaded. */
export interface Landing {
  readonly address: string
  readonly status: number
  readonly text: string
}

/** A browser without pages; `cookies` is what it keeps for the one host it talks to. */
export interface CookieBrowser {
  readonly cookies: Map<string, string>
  readonly open: (address: string) => Promise<Landing>
  /** Sends a form, as the page at `address` itself does. */
  readonly send: (address: string, form: Readonly<Record<string, string>>) => Promise<Landing>
}

/** Opens a browser that loads pages of `origin` alone. */
export function cookieBrowser(origin: string): CookieBrowser {
  const cookies = new Map<string, string>()
  const load = async (address: string, init: RequestInit): Promise<Landing> => {
    if (new URL(address).origin !== origin) return { address, status: 0, text: '' }
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...init.headers, ...(cookie === '' ? {} : { Cookie: cookie }) }
    const response = await fetch(address, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      const value = pair.slice(at + 1)
      if (value === '' || /max-age=0/i.test(line)) cookies.delete(pair.slice(0, at))
      else cookies.set(pair.slice(0, at), value)
    }
    const next = response.headers.get('Location')
    const text = await response.text()
    if (next === null) return { address, status: response.status, text }
    return load(new URL(next, address).href, {})
  }
  return {
    cookies,
    open: (address) => load(address, {}),
    send: (address, form) =>
      load(address, {
        method: 'POST',
        headers: { Origin: origin, 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      }),
  }
}
