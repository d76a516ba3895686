/** Work that a running server does again and again. */

const MILLISECONDS = 1000

/** Does `work`, which never rejects, each second, once at a time; what it returns ends that, and waits for what runs. */
export function repeatEachSecond(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= work().finally(() => {
      running = undefined
    })
  }, MILLISECONDS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
