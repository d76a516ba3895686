/** How a kiosk ends: by a button, or when nobody is there any more; signed out, and everything wiped. */
import { afterQuiet, Button } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { leaveAgency } from '../agency/agency-acts.ts'
import { agencySession } from '../agency/agency-session.ts'
import { kioskSeconds, wipeKiosk } from '../kiosk.ts'
import { wc } from '../words-cases.ts'
import { asked } from './shown-code.ts'

/** Somebody who reads and agrees on their phone touches nothing here. */
const PHONE_SECONDS = 120

/** The button; it watches for signs of a person. */
export function KioskEnd(): VNode {
  const [ending, setEnding] = useState(false)
  const end = async (): Promise<void> => {
    setEnding(true)
    const session = agencySession.value
    // A server that cannot be reached ends the session by itself; what is here goes in any case.
    if (session !== undefined) await leaveAgency(session, false).catch(() => undefined)
    await wipeKiosk()
  }
  const isAsked = asked.value !== undefined
  useEffect(() => {
    if (kioskSeconds === undefined) return
    const seconds = isAsked ? Math.max(kioskSeconds, PHONE_SECONDS) : kioskSeconds
    return afterQuiet(seconds, () => {
      // With nobody there and nothing begun there is nothing to wipe, and no page to load over and over.
      const isFresh = agencySession.value === undefined && location.hash === '#/cases'
      if (!isFresh) void end()
    })
  }, [isAsked])
  return (
    <Button kind="danger" busy={ending} onPress={() => void end()} testId="kiosk-end">
      {wc('kiosk.end')}
    </Button>
  )
}
