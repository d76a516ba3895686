/** The live code on the screen: signed anew every 30 s by the holder's key while the page is seen. */
import type { ErrorCode, Signer } from '@onetrip/codec'
import { presentLive, type TypeDefinition } from '@onetrip/credential'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { codeOf } from './error-words.ts'
import type { HeldLicence } from './held-licence.ts'
import { stretch } from './kdf-client.ts'
import { openHolderKey } from './keys.ts'
import { askPasscode, forgetPasscode } from './passcode-question.ts'
import { receiptsOf } from './receipts/held-receipts.ts'
import { now } from './wallet-state.ts'

/** How long one code stays on the screen (ARCHITECTURE §3). */
export const LIVE_SECONDS = 30
const TICK_MS = 250

/** What the show screen draws. */
export type LiveCode =
  | { readonly phase: 'signing' }
  | ({ readonly phase: 'shown'; readonly secondsLeft: number } & Signed)
  | { readonly phase: 'failed'; readonly code: ErrorCode; readonly retry: () => void }
  /** The page is in the background: nothing is shown and nothing is signed. */
  | { readonly phase: 'covered' }

interface Signed {
  readonly text: string
  readonly atMs: number
  /** Names of the chosen claims that it discloses. */
  readonly disclosed: readonly string[]
}

/** Keeps a live code of the chosen claims up to date. */
export function useLiveCode(options: {
  readonly licence: HeldLicence
  readonly type: TypeDefinition
  readonly chosen: ReadonlySet<string>
}): LiveCode {
  const { licence, type, chosen } = options
  const [code, setCode] = useState<LiveCode>({ phase: 'signing' })
  const [attempt, setAttempt] = useState(0)
  const signer = useRef<Promise<Signer> | undefined>(undefined)
  // One visit shows one copy, also once the licence has its next one in front.
  const copy = useMemo(() => {
    signer.current = undefined
    return { credential: licence.sdCwt, key: licence.keys.cbor }
  }, [licence.id, licence.receivedAt])
  const disclose = [...chosen].sort().join(' ')
  const receipts = useMemo(() => receiptsOf(licence, copy.credential), [licence, copy])

  useEffect(() => {
    let stopped = false
    let signing = false
    let signed: Signed | undefined

    const sign = async (): Promise<void> => {
      signing = true
      try {
        signer.current ??= openHolderKey(copy.key, {
          subtle: crypto.subtle,
          askPasscode,
          stretch,
        })
        const atMs = Date.now()
        const disclosed = [...chosen]
        const text = await presentLive({
          credential: copy.credential,
          type,
          disclose: disclosed,
          receipts,
          signer: await signer.current,
          now: now(),
        })
        signed = { text, atMs, disclosed }
      } catch (error) {
        signer.current = undefined
        forgetPasscode()
        stopped = true
        const retry = (): void => setAttempt((count) => count + 1)
        setCode({ phase: 'failed', code: codeOf(error), retry })
      }
      signing = false
    }

    const tick = async (): Promise<void> => {
      if (stopped || signing) {
        return
      }
      if (document.visibilityState === 'hidden') {
        setCode({ phase: 'covered' })
        return
      }
      if (signed === undefined || secondsLeft(signed) <= 0) {
        await sign()
      }
      // The claims may have been chosen anew while the key was signing.
      if (!stopped && signed !== undefined) {
        setCode({ phase: 'shown', ...signed, secondsLeft: secondsLeft(signed) })
      }
    }

    const timer = setInterval(() => void tick(), TICK_MS)
    const tickNow = (): void => void tick()
    document.addEventListener('visibilitychange', tickNow)
    void tick()
    return () => {
      stopped = true
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tickNow)
    }
    // A licence that was shown has other copies in front; what counts is whether this one's receipt came.
  }, [copy, type, disclose, attempt, receipts.length])

  return code
}

/** Whole seconds a code stays; a clock that was set back ends it at once. */
function secondsLeft({ atMs }: Signed): number {
  const age = (Date.now() - atMs) / 1000
  return age < 0 ? 0 : Math.ceil(LIVE_SECONDS - age)
}
