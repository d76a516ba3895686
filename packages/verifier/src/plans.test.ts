import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  ANSWER_PLAN,
  MATERIAL_PLAN,
  RECEIPT_ANSWER_PLAN,
  RECEIPT_PLAN,
  RECEIPT_REQUEST_PLAN,
  REQUEST_PLAN,
  VP_REQUEST_PLAN,
} from './device-plans.ts'
import { PDF_PLAN, PDF_SEAL_PLAN } from './document-plan.ts'
import { PLANS, planFor } from './plans.ts'
import { SIGNED } from './rule.ts'
import { format } from './rules/format.ts'
import { licenceCode } from './rules/licence-code.ts'
import { limits } from './rules/limits.ts'
import { sealFile } from './rules/seal-file.ts'

const READING = [limits.id, format.id, licenceCode.id, sealFile.id]

describe('plans', () => {
  test('every rule has a file of its name, and every file is in a plan', () => {
    const files = readdirSync(resolve(import.meta.dirname, 'rules')).map((file) =>
      file.slice(0, -3),
    )
    const onFiles = [PDF_PLAN, PDF_SEAL_PLAN]
    const onReceipts = [RECEIPT_PLAN, RECEIPT_REQUEST_PLAN, RECEIPT_ANSWER_PLAN]
    const asked = [REQUEST_PLAN, VP_REQUEST_PLAN, ANSWER_PLAN, MATERIAL_PLAN, ...onReceipts]
    const plans = [...Object.values(PLANS), ...onFiles, ...asked]
    const planned = plans.flatMap((plan) => plan.map(({ id }) => id))
    expect([...new Set([...READING, ...planned])].sort()).toEqual(files.sort())
  })

  test.for(Object.entries(PLANS))(
    '%s: no rule stands twice, none leans on a later one',
    ([, plan]) => {
      const ids = plan.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const [place, { needs }] of plan.entries()) {
        for (const id of needs) expect(ids.indexOf(id)).toBeLessThan(place)
      }
    },
  )

  test.for(Object.entries(PLANS))('%s: meaning comes after signatures', ([, plan]) => {
    const signed = plan.filter(({ id }) => SIGNED.includes(id))
    expect(signed.length).toBeGreaterThanOrEqual(3)
    const last = plan.findLastIndex(({ id }) => SIGNED.includes(id))
    expect(plan.findIndex(({ id }) => ['mode', 'holder', 'type'].includes(id))).toBeGreaterThan(
      last,
    )
  })

  test('every plan for something shown asks for the issuer, the type, the period and the status', () => {
    const asked = [
      'issuer-signature',
      'type-allowed',
      'credential-end',
      'licence-end',
      'status-value',
    ]
    for (const plan of Object.values(PLANS)) {
      expect(plan.map(({ id }) => id)).toEqual(expect.arrayContaining(asked))
    }
  })

  test('a credential without mode has no key binding', () => {
    expect(planFor(undefined)).toBe('unbound')
  })
})
