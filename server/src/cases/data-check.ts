/** Parts that data settle (数据核验): what a shown licence states is held against what the guide wants. */
import { isObject } from '@onetrip/codec'
import { formOf, type OpenedCase, storedObject } from './case-rows.ts'
import type { DataCheck } from './guide-shape.ts'

/** Whether all checks hold, each by a licence that was shown or is registered here. */
export function holdsByData(checks: readonly DataCheck[], opened: OpenedCase): boolean {
  return checks.every((check) => holds(check, opened))
}

function holds(check: DataCheck, opened: OpenedCase): boolean {
  const material = opened.materials.find(
    ({ code, way }) => code === check.material && (way === 'licence' || way === 'register'),
  )
  if (material === undefined) return false
  const claims = storedObject(material.evidence)['claims']
  const claim = isObject(claims) && Object.hasOwn(claims, check.claim) ? claims[check.claim] : ''
  const stated = String(claim).normalize('NFC')
  if ('contains' in check) return stated.includes(check.contains)
  const form = formOf(opened.row)
  const value = Object.hasOwn(form, check.equalsField) ? form[check.equalsField] : undefined
  return stated !== '' && stated === value
}
