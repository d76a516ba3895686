/**
 * The one Trusted Types policy of a face, `licence#urls`: it makes script URLs only, and only of the
 * service worker, the scanner's worker and the workers a face named at its start.
 */

import scannerWorkerUrl from './scanner-worker.ts?worker&url'

/** Where every face keeps its service worker. */
export const SERVICE_WORKER_URL = '/sw.js'

/** The module worker that reads codes. */
export const SCANNER_WORKER_URL: string = scannerWorkerUrl

interface ScriptUrlPolicy {
  createScriptURL(url: string): string
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy
}

const allowed = new Set<string>([SERVICE_WORKER_URL, SCANNER_WORKER_URL])

const rules: ScriptUrlPolicy = {
  createScriptURL(url) {
    if (!allowed.has(url)) throw new TypeError('not a script of this face')
    return url
  },
}

let policy: ScriptUrlPolicy | undefined

/** Names a face's own worker, before any script URL is made; later it is a `TypeError`. */
export function allowWorker(url: string): void {
  if (policy !== undefined) throw new TypeError('the policy is closed')
  allowed.add(url)
}

/** Gives an allowed script URL the form its sink wants; any other is a `TypeError`. */
export function trustedScriptUrl(url: string): string {
  policy ??= trustedTypesOfPage()?.createPolicy('licence#urls', rules) ?? rules
  return policy.createScriptURL(url)
}

function trustedTypesOfPage(): TrustedTypesFactory | undefined {
  const factory: unknown = Reflect.get(globalThis, 'trustedTypes')
  return isFactory(factory) ? factory : undefined
}

function isFactory(value: unknown): value is TrustedTypesFactory {
  return typeof value === 'object' && value !== null && 'createPolicy' in value
}
