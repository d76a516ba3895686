/** The suite's test_file_download: targets are what their metadata says, or they are not there. */
import { type ErrorCode, utf8Encode } from '@onetrip/codec'
import {
  fetchTarget,
  findTarget,
  type TargetSource,
  targetFilePath,
  unusedTargetNames,
} from '@onetrip/trust'
import { describe, expect, test } from 'vitest'
import { NOW, type Served, TufSimulator } from './tuf-simulator.ts'

async function sourceOf(
  simulator: TufSimulator,
  store = simulator.client(),
): Promise<TargetSource> {
  const { set } = await simulator.update({ store })
  return { set, store, online: { fetcher: simulator.fetcher, now: NOW } }
}

describe('targets', () => {
  test.each([
    ['consistent', true, 'path/to/a/file name.txt'],
    ['plain', false, 'file.txt'],
  ])(
    'are downloaded under %s names (client_downloads_expected_file, …_in_sub_dir)',
    async (_name, consistent, path) => {
      const simulator = await TufSimulator.start(consistent)
      simulator.addTarget('targets', path, utf8Encode('contents'))
      await simulator.release()
      const source = await sourceOf(simulator)
      expect(simulator.requests).not.toContain(path)
      const { target } = await findTarget(source, path)
      expect(await fetchTarget(source, path)).toEqual(utf8Encode('contents'))
      const asked = targetFilePath(path, consistent ? target.sha256 : undefined)
      expect(simulator.requests.at(-1)).toBe(asked)
      expect(asked.startsWith(consistent ? 'path/to/a/' : 'file.txt')).toBe(true)
    },
  )

  test('that nobody describes are trust/target-missing, and the metadata is up to date all the same (implicit_refresh)', async () => {
    const simulator = await TufSimulator.start()
    const source = await sourceOf(simulator)
    await expect(fetchTarget(source, 'nonexistent artifact')).rejects.toMatchObject({
      code: 'trust/target-missing',
    })
    expect(source.set.targets?.signed.version).toBe(1)
  })

  const wrong: readonly (readonly [string, Served, ErrorCode])[] = [
    ['of the same length', utf8Encode('CONTENTS'), 'trust/hash-mismatch'],
    ['shorter', utf8Encode('content'), 'trust/length-mismatch'],
    ['longer', utf8Encode('contents!'), 'trust/too-large'],
    ['endless (TR07)', 'endless', 'trust/too-large'],
    ['absent', 'absent', 'trust/file-missing'],
    ['out of reach', 'broken', 'trust/unavailable'],
  ]
  test.each(wrong)(
    '%s are refused and not kept (repository_substitutes_target_file)',
    async (_name, served, code) => {
      const simulator = await TufSimulator.start(false)
      simulator.addTarget('targets', 'file', utf8Encode('contents'))
      await simulator.release()
      const source = await sourceOf(simulator)
      const store = simulator.client()
      simulator.served.set('file', served)
      await expect(fetchTarget({ ...source, store }, 'file')).rejects.toMatchObject({ code })
      expect([...store.files.keys()]).toEqual(['root.json'])
    },
  )

  test('that changed in the store are fetched again, and refused without a network', async () => {
    const simulator = await TufSimulator.start()
    simulator.addTarget('targets', 'file', utf8Encode('contents'))
    await simulator.release()
    const source = await sourceOf(simulator)
    const { target } = await findTarget(source, 'file')
    const name = `sha256-${target.sha256}`
    await source.store.save(new Map([[name, utf8Encode('CONTENTS')]]))
    const { online: _none, ...offline } = source
    await expect(fetchTarget(offline, 'file')).rejects.toMatchObject({ code: 'trust/file-missing' })
    expect(await fetchTarget(source, 'file')).toEqual(utf8Encode('contents'))
    expect(await source.store.load(name)).toEqual(utf8Encode('contents'))
  })

  test('a length beyond our own limit is refused before anything is asked for', async () => {
    const simulator = await TufSimulator.start(false)
    simulator.edit('targets', {
      targets: { file: { length: 8_388_609, hashes: { sha256: 'ab'.repeat(32) } } },
    })
    await simulator.release()
    const source = await sourceOf(simulator)
    await expect(fetchTarget(source, 'file')).rejects.toMatchObject({ code: 'trust/too-large' })
    expect(simulator.requests).not.toContain('file')
  })

  test('follow each change; what is replaced is named for removal (multiple_changes_to_target)', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    let before = await sourceOf(simulator, store)
    for (let change = 0; change < 4; change++) {
      const contents = utf8Encode(`contents ${change}`)
      simulator.addTarget('targets', 'file', contents)
      await simulator.release()
      const source = await sourceOf(simulator, store)
      expect(await fetchTarget(source, 'file')).toEqual(contents)
      const unused = unusedTargetNames(before.set, [source.set])
      expect(unused.length).toBe(change === 0 ? 0 : 1)
      await store.save(new Map(unused.map((name) => [name, null])))
      before = source
    }
    expect([...store.files.keys()].filter((name) => name.startsWith('sha256-')).length).toBe(1)
  })
})
