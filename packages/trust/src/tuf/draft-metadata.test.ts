/** The builder refuses what our own parser would refuse, and signatures can come one after another. */
import { parseJson, utf8Encode } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { SAMPLE_NOW, sampleSigner } from '../../samples/sample-trust.ts'
import {
  type DraftDelegation,
  describeMetadata,
  describeTarget,
  draftRoot,
  draftSnapshot,
  draftTargets,
  draftTimestamp,
} from './draft-metadata.ts'
import { openRoot } from './open-file.ts'
import { addSignature, signTuf } from './sign-metadata.ts'

const common = { version: 1, expiresAt: SAMPLE_NOW + 86_400, signedAt: SAMPLE_NOW }
const ed = sampleSigner('policeIssueCbor')
const ec = sampleSigner('policeIssueJws')
const both = { keys: [ed.publicKey, ec.publicKey], threshold: 2 }
const one = { keys: [ed.publicKey], threshold: 1 }
const roles = { root: both, timestamp: one, snapshot: one, targets: one }
const file = { version: 1, length: undefined, sha256: undefined }

describe('what is not built', () => {
  test('a role with fewer different keys than its threshold', () => {
    const twice = { keys: [ed.publicKey, ed.publicKey], threshold: 2 }
    expect(() => draftRoot({ ...common, roles: { ...roles, root: twice } })).toThrow(
      'trust/threshold',
    )
  })

  const delegation: DraftDelegation = { name: 'a', ...one, terminating: true, paths: ['a/*'] }
  test.each([
    ['two roles of one name', [delegation, delegation]],
    ['a role with the name of a top-level one', [{ ...delegation, name: 'root' }]],
    ['paths beside prefixes', [{ ...delegation, pathHashPrefixes: ['00'] }]],
  ])('%s', (_name, delegations) => {
    expect(() => draftTargets({ ...common, targets: new Map(), delegations })).toThrow(
      'trust/format',
    )
  })

  test.each(['../a', '/a', 'a//b', ''])('a target at %s', (path) => {
    const targets = new Map([[path, describeTarget(utf8Encode('x'))]])
    expect(() => draftTargets({ ...common, targets })).toThrow('trust/format')
  })

  test('a snapshot without the targets, a version 0, a date beyond the calendar', () => {
    const without = { ...common, roles: new Map([['deny', file]]) }
    expect(() => draftSnapshot(without)).toThrow('trust/format')
    expect(() => draftTimestamp({ ...common, version: 0, snapshot: file })).toThrow('trust/format')
    const late = { ...common, expiresAt: 253_402_300_800 }
    expect(() => draftTimestamp({ ...late, snapshot: file })).toThrow('time/format')
  })
})

describe('signing', () => {
  test('one after another: the root opens when the threshold is reached, not before', async () => {
    const draft = draftRoot({ ...common, roles })
    const first = await signTuf(draft, [ec])
    await expect(openRoot(first)).rejects.toMatchObject({ code: 'trust/threshold' })
    const second = await addSignature(first, ed)
    const { signed } = await openRoot(second)
    expect(signed).toMatchObject({ version: 1, signedAt: SAMPLE_NOW, consistentSnapshot: true })
    expect(describeMetadata(second)).toMatchObject({ version: 1, length: second.length })
  })

  test('again by the same key replaces its signature', async () => {
    const signed = await signTuf(draftRoot({ ...common, roles }), [ed, ec])
    const again = parseJson(await addSignature(signed, ed))
    expect(again).toMatchObject({ signatures: [{}, {}] })
    expect((await openRoot(await addSignature(signed, ed))).signed.version).toBe(1)
  })

  test('states the specification and its own time', () => {
    expect(draftTimestamp({ ...common, snapshot: file })).toEqual({
      _type: 'timestamp',
      spec_version: '1.0.34',
      version: 1,
      expires: '2026-09-22T14:13:20Z',
      'x-signed-at': '2026-09-21T14:13:20Z',
      meta: { 'snapshot.json': { version: 1 } },
    })
  })
})
