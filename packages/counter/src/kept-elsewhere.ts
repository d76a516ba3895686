/** What another window of this counter keeps in localStorage. */

/** Calls back when another window changed what is kept under a key, or cleared everything. */
export function onKeptElsewhere(key: string, listener: () => void): void {
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) listener()
  })
}
