/** Focus that would be lost with a button that goes: whoever works by keyboard then goes on at the top of the page's content. */

/** Gives the focus to the page's main part, once what comes next is there and if nothing of it took the focus. */
export function focusMainIfLost(): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return
    document.getElementById('main')?.focus({ preventScroll: true })
  })
}
