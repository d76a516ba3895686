/** Trust data in a folder: all of a save or nothing, whenever the process ends. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256, toHex } from '@onetrip/codec'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { UsageError } from '../usage.ts'
import { openFileStore, readFileStore } from './file-tuf-store.ts'

const A = Uint8Array.of(1, 2, 3)
const B = Uint8Array.of(4, 5)

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-file-store-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a store in a folder', () => {
  test('gives back what was saved, also after it was opened again', async () => {
    const store = await openFileStore(folder)
    await store.save(
      new Map([
        ['root.json', A],
        ['sha256-aa', B],
      ]),
    )
    await store.save(
      new Map([
        ['root.json', B],
        ['sha256-aa', null],
      ]),
    )
    expect(await store.load('root.json')).toEqual(B)
    store.close()
    const again = await readFileStore(folder)
    expect(await again.load('root.json')).toEqual(B)
    expect(await again.load('sha256-aa')).toBeUndefined()
    await expect(again.save(new Map())).rejects.toThrow(TypeError)
  })

  test('saves that overlap all count', async () => {
    const store = await openFileStore(folder)
    const names = Array.from({ length: 20 }, (_, at) => `role-${at}.json`)
    await Promise.all(names.map((name, at) => store.save(new Map([[name, Uint8Array.of(at)]]))))
    store.close()
    const again = await readFileStore(folder)
    for (const [at, name] of names.entries()) {
      expect(await again.load(name)).toEqual(Uint8Array.of(at))
    }
  })

  test('what a save that broke off left behind is swept away, and what was good stays', async () => {
    const store = await openFileStore(folder)
    await store.save(new Map([['root.json', A]]))
    store.close()
    writeFileSync(join(folder, 'content', `${'a'.repeat(64)}`), 'whole, but no name leads to it')
    writeFileSync(join(folder, 'content', `${'b'.repeat(64)}.draft`), 'half')
    writeFileSync(join(folder, 'generation.json.draft'), '{"format":1,"na')
    const again = await openFileStore(folder)
    expect(readdirSync(join(folder, 'content'))).toHaveLength(1)
    expect(await again.load('root.json')).toEqual(A)
    again.close()
  })

  test('a content that was damaged is missing', async () => {
    const store = await openFileStore(folder)
    await store.save(new Map([['root.json', A]]))
    const [name = ''] = readdirSync(join(folder, 'content'))
    writeFileSync(join(folder, 'content', name), B)
    expect(await store.load('root.json')).toBeUndefined()
    store.close()
  })

  test('one writer at a time', async () => {
    const store = await openFileStore(folder)
    await expect(openFileStore(folder)).rejects.toThrow('is in use by another process')
    store.close()
    const next = await openFileStore(folder)
    next.close()
  })

  test('a folder that holds something else is left alone', async () => {
    writeFileSync(join(folder, 'letter.txt'), 'dear')
    await expect(openFileStore(folder)).rejects.toThrow(UsageError)
    expect(readdirSync(folder)).toEqual(['letter.txt'])
    await expect(readFileStore(folder)).rejects.toThrow(UsageError)
    await expect(readFileStore(join(folder, 'none'))).rejects.toThrow(UsageError)
  })

  test('one of format 1 is read for ever', async () => {
    const digest = toHex(sha256(A))
    mkdirSync(join(folder, 'content'))
    writeFileSync(join(folder, 'content', digest), A)
    writeFileSync(join(folder, 'generation.json'), `{"format":1,"names":{"root.json":"${digest}"}}`)
    expect(await (await readFileStore(folder)).load('root.json')).toEqual(A)
    const store = await openFileStore(folder)
    await store.save(new Map([['timestamp.json', B]]))
    store.close()
    const again = await readFileStore(folder)
    expect(await again.load('root.json')).toEqual(A)
    expect(await again.load('timestamp.json')).toEqual(B)
  })

  test.for([
    ['{"format":2,"names":{}}', 'storage/newer'],
    ['{"format":9,"files":[]}', 'storage/newer'],
    ['{"format":1,"names":{"root.json":"../x"}}', 'storage/corrupt'],
    ['{"format":1,"na', 'storage/corrupt'],
    ['', 'storage/corrupt'],
    ['[]', 'storage/corrupt'],
  ] as const)('a generation that says %s is %s, and nothing is lost', async ([text, code]) => {
    const content = join(folder, 'content')
    mkdirSync(content)
    writeFileSync(join(content, 'a'.repeat(64)), A)
    writeFileSync(join(folder, 'generation.json'), text)
    await expect(openFileStore(folder)).rejects.toMatchObject({ code })
    await expect(readFileStore(folder)).rejects.toMatchObject({ code })
    expect(readdirSync(content)).toEqual(['a'.repeat(64)])
    expect(readFileSync(join(folder, 'generation.json'), 'utf8')).toBe(text)
  })
})
