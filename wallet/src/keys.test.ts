import { fault, verifySignature } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import type { HolderKey } from './holder-key.ts'
import { createHolderKeys, type KeyPlatform, openHolderKey } from './keys.ts'
import { stretchNow } from './passcode-kdf.ts'

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

/** A platform that stores as IndexedDB does: by structured clone. */
const PLATFORM: KeyPlatform = {
  subtle: crypto.subtle,
  random,
  roundTrip: async (key) => key,
  askPasscode: async () => {
    throw new TypeError('no passcode is due')
  },
  stretch: async (request) => stretchNow(request),
}

async function signs(key: HolderKey, platform: KeyPlatform): Promise<boolean> {
  const signer = await openHolderKey(key, platform)
  const data = random(40)
  return verifySignature({ key: signer.publicKey, signature: await signer.sign(data), data })
}

describe('createHolderKeys', () => {
  test('makes an Ed25519 and a P-256 key that cannot be exported', async () => {
    const keys = await createHolderKeys(PLATFORM)
    expect([keys.cbor.algorithm, keys.jws.algorithm]).toEqual(['Ed25519', 'ES256'])
    expect([keys.cbor.publicRaw.length, keys.jws.publicRaw.length]).toEqual([32, 65])
    for (const { secret } of [keys.cbor, keys.jws]) {
      expect(secret.kind === 'device' && !secret.privateKey.extractable).toBe(true)
    }
    expect(await signs(keys.cbor, PLATFORM)).toBe(true)
    expect(await signs(keys.jws, PLATFORM)).toBe(true)
  })

  test('makes different keys each time', async () => {
    const [one, other] = [await createHolderKeys(PLATFORM), await createHolderKeys(PLATFORM)]
    expect(one.cbor.publicRaw).not.toEqual(other.cbor.publicRaw)
  })

  test('takes P-256 for both where Ed25519 does not survive storage', async () => {
    const platform: KeyPlatform = {
      ...PLATFORM,
      roundTrip: async (key) => {
        if (key.algorithm === 'Ed25519') {
          throw new DOMException('could not be cloned', 'DataCloneError')
        }
        return key
      },
    }
    const keys = await createHolderKeys(platform)
    expect([keys.cbor.algorithm, keys.jws.algorithm]).toEqual(['ES256', 'ES256'])
    expect(keys.cbor.publicRaw).not.toEqual(keys.jws.publicRaw)
  })

  test('takes P-256 where a stored key comes back as another one', async () => {
    const strange = await createHolderKeys(PLATFORM)
    const platform: KeyPlatform = {
      ...PLATFORM,
      roundTrip: async (key) =>
        key.algorithm === 'Ed25519' ? { ...key, secret: strange.cbor.secret } : key,
    }
    expect((await createHolderKeys(platform)).cbor.algorithm).toBe('ES256')
  })

  describe('where no CryptoKey can be stored', () => {
    const platform: KeyPlatform = {
      ...PLATFORM,
      askPasscode: async () => '开门-2468',
      roundTrip: async (key) => {
        if (key.secret.kind === 'device') {
          throw new DOMException('could not be cloned', 'DataCloneError')
        }
        return structuredClone(key)
      },
    }

    test('wraps both keys with one passcode', async () => {
      const keys = await createHolderKeys(platform)
      expect([keys.cbor.secret.kind, keys.jws.secret.kind]).toEqual(['passcode', 'passcode'])
      expect(await signs(keys.cbor, platform)).toBe(true)
    })

    test('a wrong passcode is key/passcode', async () => {
      const keys = await createHolderKeys(platform)
      const wrong: KeyPlatform = { ...platform, askPasscode: async () => 'another one' }
      await expect(openHolderKey(keys.cbor, wrong)).rejects.toMatchObject({ code: 'key/passcode' })
    })

    test('a short passcode is key/passcode', async () => {
      const short: KeyPlatform = { ...platform, askPasscode: async () => '12345' }
      await expect(createHolderKeys(short)).rejects.toMatchObject({ code: 'key/passcode' })
    })
  })

  test('is storage/quota on a full disk, and asks for no passcode (WA02)', async () => {
    const asked: string[] = []
    const platform: KeyPlatform = {
      ...PLATFORM,
      askPasscode: async (use) => {
        asked.push(use)
        return '123456'
      },
      roundTrip: async () => {
        throw fault('storage/quota')
      },
    }
    await expect(createHolderKeys(platform)).rejects.toMatchObject({ code: 'storage/quota' })
    expect(asked).toEqual([])
  })

  test('is key/storage where nothing can be stored', async () => {
    const platform: KeyPlatform = {
      ...PLATFORM,
      askPasscode: async () => '123456',
      roundTrip: async () => {
        throw new DOMException('no', 'InvalidStateError')
      },
    }
    await expect(createHolderKeys(platform)).rejects.toMatchObject({ code: 'key/storage' })
  })
})
