/**
 * The process that holds the PKCS#11 module, and nothing else: what hangs or crashes in it hangs or crashes here, and its memory is not
 * the server's. It carries out one order after the other and ends with whoever started it.
 */

import { type HsmDevice, NoSuchKey, openHsmDevice } from './hsm-device.ts'
import type { HsmAnswer, HsmFault, HsmOrder } from './hsm-messages.ts'
import { Pkcs11Fault } from './pkcs11-module.ts'

/** `CKR_PIN_INCORRECT` to `CKR_PIN_LOCKED`, `CKR_USER_PIN_NOT_INITIALIZED`. */
const PIN_FAULTS: ReadonlySet<number> = new Set([0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0x102])

let device: HsmDevice | undefined

// A terminal and systemd signal the whole group; the server still signs for requests in flight.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('disconnect', () => process.exit(0))
process.on('message', (order: HsmOrder) => {
  process.send?.(answer(order))
})

function answer(order: HsmOrder): HsmAnswer {
  try {
    return carryOut(order)
  } catch (error) {
    return faultOf(error)
  }
}

function carryOut(order: HsmOrder): HsmAnswer {
  if (order.act === 'open') {
    device = openHsmDevice(order.place)
    return { keys: [] }
  }
  if (device === undefined) throw new TypeError('hsm: not open')
  if (order.act === 'sign') return { signature: device.sign(order) }
  if (order.act === 'generate') return { keys: [device.generate(order)] }
  if (order.act === 'list') return { keys: device.listKeys(order.label) }
  if (order.act === 'destroy') device.destroy(order.id)
  else device.check()
  return { keys: [] }
}

function faultOf(error: unknown): HsmFault {
  if (error instanceof NoSuchKey) return { fault: 'key', code: 0 }
  if (!(error instanceof Pkcs11Fault)) return { fault: 'device', code: 0 }
  const { code } = error
  return { fault: PIN_FAULTS.has(code) ? 'pin' : 'device', code }
}
