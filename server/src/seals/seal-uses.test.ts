/** The use of a seal by two people, over the API. */
import { sha256, toBase64url } from '@onetrip/codec'
import { parseSealFile, verifyImpressions } from '@onetrip/seal'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import {
  APPLICATION,
  DIGEST,
  LETTER,
  letter,
  OTHER_DIGEST,
  openSealWorld,
  type SealWorld,
} from '../../testing/seal-world.ts'
import { APPROVAL_SECONDS, REQUEST_SECONDS } from './request-use.ts'

let seals: SealWorld

beforeAll(async () => {
  seals = await openSealWorld()
})
afterAll(() => seals.world.close())

describe('the use of a seal', () => {
  let sealId: string
  beforeAll(async () => {
    sealId = await seals.sealInUse()
  })

  test('one asks, another approves, and the impression stands in the record', async () => {
    const useId = await seals.ask(sealId)
    expect(await seals.refusal(useId)).toBe('approval/missing')
    expect((await seals.approve(useId)).body['state']).toBe('approved')
    const file = parseSealFile(await seals.impression(useId))
    const trust = await follower().follow(seals.world)
    const stated = { sha256: sha256(LETTER), length: LETTER.length, mediaType: 'text/plain' }
    const [judged] = await verifyImpressions(file, { file: stated, trust, now: seals.now() })
    expect(judged?.passed).toBe(true)
    expect(judged?.impression.cose.facts).toMatchObject({ approval: useId, purpose: '答复来函' })
    const { uses } = (await seals.call('owner', `/${sealId}/record`)).body
    expect(uses).toMatchObject([
      { id: useId, requestedBy: '李经办', keeper: '孙印管', files: [{ state: 'sealed' }] },
    ])
  })

  test('the record is a table too, in which nothing calculates', async () => {
    const names = ['＝1+1', '=1+1,"x"']
    for (const name of names) await seals.ask(sealId, [letter({ sha256: OTHER_DIGEST, name })])
    const table = await seals.request('owner', `/${sealId}/record`, undefined, {
      Accept: 'text/csv',
    })
    expect(table.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    const lines = (await table.text()).split('\r\n')
    expect(lines[0]).toContain('"id","purpose","decision","requestedBy"')
    expect(lines.join()).toContain(`"'=1+1,""x"""`)
    // Chinese spreadsheets calculate behind a wide sign, too.
    expect(lines.join()).toContain(`"'＝1+1"`)
  })

  test('retry gives the same bytes, twice at once too', async () => {
    const useId = await seals.ask(sealId)
    await seals.approve(useId)
    const [one, other] = await Promise.all([seals.impression(useId), seals.impression(useId)])
    expect(one).toEqual(other)
    seals.later(APPROVAL_SECONDS + 1)
    expect(await seals.impression(useId)).toEqual(one)
  })

  test('whoever asked does not approve, under no key; a system approves nothing', async () => {
    const useId = await seals.ask(sealId)
    for (const who of ['clerk', 'clerkAgain', 'clerkSpelled', 'system'] as const) {
      const decision = { decision: 'approve', files: [DIGEST] }
      const { status, body } = await seals.call(who, `/uses/${useId}/decision`, decision)
      expect([status, body['code']]).toEqual([403, 'approval/same-person'])
    }
    const decision = { decision: 'approve', files: [DIGEST] }
    const stranger = await seals.call('stranger', `/uses/${useId}/decision`, decision)
    expect(stranger.body['code']).toBe('approval/not-found')
    expect(await seals.refusal(useId)).toBe('approval/missing')
  })

  test('an approval is of exactly these digests', async () => {
    const useId = await seals.ask(sealId)
    const other = OTHER_DIGEST
    for (const files of [[], [other], [DIGEST, other], [DIGEST, DIGEST]]) {
      expect((await seals.approve(useId, files)).body['code']).toBe('approval/other-files')
    }
    await seals.approve(useId)
    expect(await seals.refusal(useId, other)).toBe('approval/not-found')
  })

  test('a refusal and an approval are final', async () => {
    const useId = await seals.ask(sealId)
    const refuse = { decision: 'refuse', files: [DIGEST], reason: '内容有误' }
    expect((await seals.done('keeper', `/uses/${useId}/decision`, refuse))['state']).toBe('refused')
    expect((await seals.approve(useId)).body['code']).toBe('approval/settled')
    expect(await seals.refusal(useId)).toBe('approval/missing')
  })

  test('requests and approvals end', async () => {
    const late = await seals.ask(sealId)
    const unused = await seals.ask(sealId)
    await seals.approve(unused)
    seals.later(APPROVAL_SECONDS + 1)
    expect(await seals.refusal(unused)).toBe('approval/expired')
    seals.later(REQUEST_SECONDS)
    expect((await seals.approve(late)).body['code']).toBe('approval/expired')
  })

  test('a suspended, cancelled or expired seal seals nothing, approved or not', async () => {
    const id = await seals.sealInUse()
    const useId = await seals.ask(id)
    await seals.approve(useId)
    await seals.done('owner', `/${id}/suspend`, { reason: 'x' })
    expect(await seals.refusal(useId)).toBe('seal/state')
    const uses = { purpose: 'x', files: [letter()] }
    expect((await seals.call('clerk', `/${id}/uses`, uses)).body['code']).toBe('seal/state')
    await seals.resume(id)
    await seals.impression(useId)
    const { id: short } = await seals.done('owner', '', APPLICATION)
    await seals.done('maker', `/${short}/make`, { days: 1, reason: 'x' })
    await seals.done('maker', `/${short}/register`, { reason: 'x' })
    seals.later(86_400)
    const last = await seals.ask(String(short))
    await seals.approve(last)
    seals.later(2)
    expect(await seals.refusal(last)).toBe('seal/expired')
  })

  test('one approval over a set: each file has one impression', async () => {
    const files = Array.from({ length: 20 }, (_, at) => {
      const sha = toBase64url(sha256(new TextEncoder().encode(`第${at}件`)))
      return letter({ sha256: sha, name: `${at}.txt` })
    })
    const digests = files.map((file) => String(file['sha256']))
    const useId = await seals.ask(sealId, files)
    expect((await seals.approve(useId, digests.toReversed())).body['state']).toBe('approved')
    const made = await Promise.all(digests.map((digest) => seals.impression(useId, digest)))
    const stated = made.map((bytes) =>
      parseSealFile(bytes).impressions.map(({ cose }) => cose.facts),
    )
    expect(stated.map(([facts]) => toBase64url(facts?.file.sha256 ?? new Uint8Array()))).toEqual(
      digests,
    )
    const twice = { purpose: 'x', files: [letter(), letter()] }
    expect((await seals.call('clerk', `/${sealId}/uses`, twice)).body['code']).toBe('input/invalid')
  })

  test('a counter-seal covers what stands in the file, and only for that file', async () => {
    const first = await seals.ask(sealId)
    await seals.approve(first)
    const earlier = await seals.impression(first)
    const second = await seals.sealInUse({
      name: '虚构市云栖区市场监督管理局合同专用章',
      kind: '04',
    })
    const useId = await seals.ask(second)
    await seals.approve(useId)
    const foreign = await seals.ask(second, [letter({ sha256: OTHER_DIGEST })])
    const other = OTHER_DIGEST
    await seals.approve(foreign, [other])
    const body = { earlier: toBase64url(earlier) }
    const path = `/uses/${foreign}/files/${other}/impression`
    expect((await seals.call('clerk', path, body)).body['code']).toBe('seal/digest-mismatch')
    const cose = parseSealFile(earlier).impressions[0]?.bytes.cose ?? new Uint8Array()
    const end = Buffer.from(earlier).indexOf(cose) + cose.length - 1
    const forged = earlier.with(end, (earlier[end] ?? 0) ^ 1)
    const bad = { earlier: toBase64url(forged) }
    const own = `/uses/${useId}/files/${DIGEST}/impression`
    expect((await seals.call('clerk', own, bad)).body['code']).toBe('seal/covered-invalid')
    const sealed = await seals.impression(useId, DIGEST, body)
    // A retry is not judged again: it gets what is kept.
    expect(await seals.impression(useId, DIGEST, bad)).toEqual(sealed)
    const file = parseSealFile(sealed)
    const { impressions } = file
    expect([file.seals.length, impressions.length]).toEqual([2, 2])
    expect(impressions[1]?.cose.facts.covers).toEqual([impressions[0]?.digest])
  })
})
