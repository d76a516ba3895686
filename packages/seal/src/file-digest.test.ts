/** Both platforms against node:crypto's one-shot hash, whatever the cuts. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestFile } from './file-digest.ts'
import { newSha256 as newNodeSha256 } from './platform-node.ts'
import { newSha256 as newWebSha256 } from './platform-web.ts'

async function* chunksOf(parts: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* parts
}

const parts = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 })

test('digest and length do not depend on the cuts', async () => {
  await fc.assert(
    fc.asyncProperty(parts, async (chunks) => {
      const whole = Buffer.concat(chunks)
      const sha256 = Uint8Array.from(createHash('sha256').update(whole).digest())
      expect(await digestFile(chunksOf(chunks))).toEqual({ sha256, length: whole.length })
    }),
  )
})

describe.each([
  ['node', newNodeSha256],
  ['web', newWebSha256],
])('%s', (_name, newSha256) => {
  test('is SHA-256', () => {
    fc.assert(
      fc.property(parts, (chunks) => {
        const hash = newSha256()
        for (const chunk of chunks) hash.update(chunk)
        const digest = createHash('sha256').update(Buffer.concat(chunks)).digest()
        expect(hash.digest()).toEqual(Uint8Array.from(digest))
      }),
    )
  })
})

test('a read that fails, fails', async () => {
  const failing = {
    async *[Symbol.asyncIterator]() {
      yield Uint8Array.of(1)
      throw new Error('the disk is gone')
    },
  }
  await expect(digestFile(failing)).rejects.toThrow('the disk is gone')
})
