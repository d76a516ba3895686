/** For whom this counter speaks, as every screen may ask it; kept up to date by the part that is loaded later. */

import type { ErrorCode } from '@onetrip/codec'
import type { OpenedCounter } from '@onetrip/verifier'
import { type ReadonlySignal, signal } from '@preact/signals'

/** Why the last exchange with the server brought nothing. */
export type EnrolmentTrouble = ErrorCode

/** Where the enrolment of this device stands. */
export type Enrolment =
  | { readonly phase: 'none'; readonly trouble?: EnrolmentTrouble }
  | {
      readonly phase: 'asked'
      readonly office: string
      readonly deviceName: string
      /** 8 characters, to be compared by an administrator. */
      readonly code: string
      /** Unix seconds. */
      readonly expiresAt: number
      readonly trouble?: EnrolmentTrouble
    }
  | {
      readonly phase: 'enrolled'
      readonly counter: OpenedCounter
      readonly trouble?: EnrolmentTrouble
    }
  /** There is a certificate, but it counts for nothing: ended, denied, or not by these trust data. */
  | { readonly phase: 'ended'; readonly reason: ErrorCode; readonly trouble?: EnrolmentTrouble }

const current = signal<Enrolment>({ phase: 'none' })

/** Where the enrolment of this device stands. */
export const enrolment: ReadonlySignal<Enrolment> = current

/** Says where it stands. */
export function setEnrolment(next: Enrolment): void {
  current.value = next
}
