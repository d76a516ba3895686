/** Keys in SoftHSM, through the same module that an agency's HSM would be reached by. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { samePublicKey, verifySignature } from '@onetrip/codec'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasSoftHsm, hsmProcesses, makeSoftHsm, type SoftHsm } from '../../testing/soft-hsm.ts'
import { openKeyStore } from '../keys/key-store.ts'
import { checkHsmKeys } from './check-hsm-keys.ts'
import { type Hsm, openHsm } from './hsm.ts'
import { hsmPublicKey, hsmSigner } from './hsm-signer.ts'

const UNAVAILABLE = { code: 'key/unavailable' }
const LIMITS = {
  orderMilliseconds: 20_000,
  pauseMilliseconds: 50,
  maxWaiting: 8,
  knownMilliseconds: 0,
}
const PASSPHRASE = 'a passphrase of tests'

describe.skipIf(!hasSoftHsm())('an HSM', () => {
  let token: SoftHsm
  let hsm: Hsm
  let folder: string
  const lines: string[] = []
  const log = (event: string, fields = {}): void => {
    lines.push(JSON.stringify({ event, ...fields }))
  }
  const kinds = ['licence'] as const
  const pause = (): Promise<void> => new Promise((done) => setTimeout(done, 60))

  beforeAll(() => {
    token = makeSoftHsm()
    folder = mkdtempSync(join(tmpdir(), 'onetrip-hsm-keys-'))
    hsm = openHsm(token, log, LIMITS)
  })
  afterAll(() => {
    hsm.close()
    token.remove()
    rmSync(folder, { recursive: true })
  })

  test('makes keys that never leave it, and signs what our verifier takes, of any length', async () => {
    const store = openKeyStore(folder, PASSPHRASE, { hsm, kinds })
    for (const algorithm of ['Ed25519', 'ES256'] as const) {
      const name = `agency-${algorithm.toLowerCase()}`
      const signer = await store.makeSigner(name, { algorithm, kind: 'licence' })
      const data = new Uint8Array(70_000).fill(7)
      const signature = await signer.sign(data)
      expect(await verifySignature({ key: signer.publicKey, signature, data })).toBe(true)
      const again = openKeyStore(folder, PASSPHRASE, { hsm, kinds })
      expect(again.signer(name).publicKey).toEqual(signer.publicKey)
      const other = await again.makeSigner(name, { algorithm, kind: 'licence' })
      expect(samePublicKey(other.publicKey, signer.publicKey)).toBe(true)
    }
    expect((await hsm.listKeys()).map(({ label }) => label).sort()).toEqual([
      'agency-ed25519',
      'agency-es256',
    ])
    const words = execFileSync(
      'pkcs11-tool',
      [
        '--module',
        token.module,
        '--token-label',
        token.tokenLabel,
        '--login',
        '--pin',
        token.pin,
        '-O',
      ],
      { encoding: 'utf8' },
    )
    expect(words.match(/sensitive, always sensitive, never extractable, local/g)).toHaveLength(2)
    const file = await store.makeSigner('a-file', { algorithm: 'ES256', kind: 'status' })
    expect(file.publicKey.algorithm).toBe('ES256')
    expect(store.hsmKeys().has('a-file')).toBe(false)
  })

  test('what is loaded stays loaded while everything else is collected', () => {
    const script = `
      import { openHsmDevice } from ${JSON.stringify(join(import.meta.dirname, 'hsm-device.ts'))}
      const device = openHsmDevice(${JSON.stringify(token)})
      const key = { label: 'collected', id: 'aa', algorithm: 'Ed25519' }
      for (let turn = 0; turn < 4; turn += 1) {
        gc()
        if (turn === 0) device.generate(key)
        console.log(device.sign({ ...key, data: new Uint8Array(9) }).length)
      }
      device.destroy(key.id)`
    const args = ['--expose-gc', '--input-type=module', '--eval', script]
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('64\n64\n64\n64\n')
  })

  test('a key from a ceremony is taken by its label, and two of one label are not', async () => {
    const store = openKeyStore(folder, PASSPHRASE, { hsm, kinds })
    const made = await hsm.generate({ label: 'ceremony', id: 'c0', algorithm: 'Ed25519' })
    const wanted = { algorithm: 'Ed25519', kind: 'licence' } as const
    const taken = await store.makeSigner('ceremony', wanted)
    expect(samePublicKey(taken.publicKey, hsmPublicKey(made))).toBe(true)
    await hsm.generate({ label: 'twice', id: 'c1', algorithm: 'Ed25519' })
    await hsm.generate({ label: 'twice', id: 'c2', algorithm: 'Ed25519' })
    await expect(store.makeSigner('twice', wanted)).rejects.toMatchObject(UNAVAILABLE)
    const es256 = { algorithm: 'ES256', kind: 'licence' } as const
    await hsm.generate({ label: 'other-algorithm', id: 'c3', algorithm: 'Ed25519' })
    await expect(store.makeSigner('other-algorithm', es256)).rejects.toMatchObject(UNAVAILABLE)
  })

  test('of two servers that make a key at once both have the first, and no other is left', async () => {
    const second = openHsm(token, log, LIMITS)
    const wanted = { algorithm: 'ES256', kind: 'licence' } as const
    const made = await Promise.all(
      [hsm, second].map((one) =>
        openKeyStore(folder, PASSPHRASE, { hsm: one, kinds }).makeSigner('at-once', wanted),
      ),
    )
    const [one, other] = made
    if (one === undefined || other === undefined) throw new Error('two keys')
    expect(samePublicKey(one.publicKey, other.publicKey)).toBe(true)
    second.close()
    const left = await hsm.listKeys('at-once')
    expect(left.map(hsmPublicKey)).toEqual([one.publicKey])
  })

  test('what it gives is verified before it leaves: another key under the name signs nothing', async () => {
    const [known] = await hsm.listKeys('agency-ed25519')
    const [other] = await hsm.listKeys('ceremony')
    if (known === undefined || other === undefined) throw new Error('keys')
    const mixed = hsmSigner(hsm, { id: other.id, publicKey: hsmPublicKey(known) })
    await expect(mixed.sign(new Uint8Array(3))).rejects.toMatchObject(UNAVAILABLE)
    const absent = hsmSigner(hsm, { id: 'ffff', publicKey: hsmPublicKey(known) })
    await expect(absent.sign(new Uint8Array(3))).rejects.toMatchObject(UNAVAILABLE)
    const without = hsmSigner(undefined, { id: known.id, publicKey: hsmPublicKey(known) })
    await expect(without.sign(new Uint8Array(3))).rejects.toMatchObject(UNAVAILABLE)
    await hsm.destroy(other.id)
    const store = openKeyStore(folder, PASSPHRASE, { hsm, kinds })
    expect(await checkHsmKeys(hsm, store, log)).toEqual(['ceremony'])
    expect(lines).toContain('{"event":"hsm/key-differs","key":"ceremony"}')
  })

  test('gone it refuses, and works again by itself when it is back; its process killed likewise', async () => {
    const store = openKeyStore(folder, PASSPHRASE, { hsm, kinds })
    const signer = store.signer('agency-ed25519')
    const data = new Uint8Array(10)
    await signer.sign(data)
    for (const pid of hsmProcesses()) process.kill(pid, 'SIGKILL')
    await expect(signer.sign(data)).rejects.toMatchObject(UNAVAILABLE)
    token.unplug()
    await pause()
    await expect(signer.sign(data)).rejects.toMatchObject(UNAVAILABLE)
    expect(await hsm.isUp()).toBe(false)
    token.plugIn()
    await pause()
    expect(await hsm.isUp()).toBe(true)
    expect(await signer.sign(data)).toHaveLength(64)
    expect(
      lines
        .filter((line) => /hsm\/(un)?available/.test(line))
        .map((line) => JSON.parse(line).event),
    ).toEqual(['hsm/unavailable', 'hsm/available'])
  })

  test('so many may wait and no more; none waits longer than its time', async () => {
    const store = openKeyStore(folder, PASSPHRASE, { hsm, kinds })
    const signer = store.signer('agency-es256')
    const asked = Array.from({ length: 20 }, () => signer.sign(new Uint8Array(9)))
    const ends = await Promise.allSettled(asked)
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(9)
    const hasty = openHsm(token, log, { ...LIMITS, orderMilliseconds: 1 })
    await expect(
      hasty.sign({ id: 'c0', algorithm: 'Ed25519', data: new Uint8Array(1) }),
    ).rejects.toMatchObject(UNAVAILABLE)
    hasty.close()
  })

  test('a refused PIN is tried once, however often a signature is asked', async () => {
    const wrong = openHsm({ ...token, pin: 'canary-wrong' }, log, LIMITS)
    const before = lines.length
    for (let at = 0; at < 3; at += 1) {
      expect(await wrong.isUp()).toBe(false)
      await pause()
    }
    wrong.close()
    expect(lines.slice(before)).toEqual(['{"event":"hsm/unavailable","fault":"pin","code":160}'])
    expect(hsmProcesses()).toHaveLength(1)
  })

  test('the PIN is in no argument, environment or line of the log', async () => {
    await hsm.isUp()
    const [pid] = hsmProcesses()
    for (const file of ['cmdline', 'environ']) {
      expect(readFileSync(`/proc/${pid}/${file}`, 'utf8')).not.toContain('canary')
    }
    expect(lines.join()).not.toContain('canary')
  })
})
