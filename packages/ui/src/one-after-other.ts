/** What is asked for while something is under way waits for it, and is not refused for coming too soon. */

/** Does something once all that was asked for before is over, whether it was done or not; says whether it had to wait. */
export type Line = <Value>(act: (isNext: boolean) => Promise<Value>) => Promise<Value>

/** Makes a line of its own. */
export function oneAfterOther(): Line {
  let last: Promise<unknown> = Promise.resolve()
  let under = 0
  return (act) => {
    const isNext = under > 0
    under += 1
    const own = last.then(() => act(isNext))
    const over = (): void => {
      under -= 1
    }
    last = own.then(over, over)
    return own
  }
}
