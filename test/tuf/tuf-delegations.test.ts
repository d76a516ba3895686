/** The suite's test_updater_delegation_graphs and test_quoting_issues: which roles are asked, in which order, by which name. */
import { sha256, toHex, utf8Encode } from '@onetrip/codec'
import { type FoundTarget, findTarget, type TargetSource } from '@onetrip/trust'
import { describe, expect, test } from 'vitest'
import { edSigner } from './tuf-signers.ts'
import { NOW, type SimulatedDelegation, TufSimulator } from './tuf-simulator.ts'

const TOP_FILES = 4

/** Publishes the delegations and updates a client that has none of them yet. */
async function clientOf(
  delegations: readonly SimulatedDelegation[],
  targets: readonly (readonly [role: string, path: string])[] = [],
): Promise<{ readonly simulator: TufSimulator; readonly source: TargetSource }> {
  const simulator = await TufSimulator.start()
  for (const delegation of delegations) simulator.delegate(delegation)
  for (const [role, path] of targets) simulator.addTarget(role, path, utf8Encode(path))
  await simulator.release()
  const store = simulator.client()
  const { set } = await simulator.update({ store })
  return { simulator, source: { set, store, online: { fetcher: simulator.fetcher, now: NOW } } }
}

function visited(simulator: TufSimulator): readonly string[] {
  return simulator.requests.slice(TOP_FILES).map((name) => name.replace(/^\d+\.|\.json$/g, ''))
}

const to = (from: string, name: string, members: SimulatedDelegation['members'] = {}) => ({
  from,
  name,
  members,
})

describe('the order of the search (graph_traversal)', () => {
  const py = { paths: ['*.py'] }
  const ends = { terminating: true }
  const graphs: readonly (readonly [string, readonly SimulatedDelegation[], string])[] = [
    ['one role', [to('targets', 'A')], 'A'],
    ['one level', [to('targets', 'A'), to('targets', 'B')], 'A B'],
    ['two levels', [to('targets', 'A'), to('targets', 'B'), to('B', 'C')], 'A B C'],
    [
      'depth first',
      [to('targets', 'A'), to('targets', 'B'), to('A', 'C'), to('A', 'D')],
      'A C D B',
    ],
    [
      'depth first, three levels',
      [to('targets', 'A'), to('targets', 'B'), to('A', 'C'), to('C', 'D')],
      'A C D B',
    ],
    [
      'terminating ends all but its own',
      [to('targets', 'A'), to('targets', 'B'), to('A', 'C', ends), to('A', 'D')],
      'A C',
    ],
    [
      'terminating asks its own',
      [to('targets', 'A'), to('targets', 'B'), to('A', 'C', ends), to('C', 'D')],
      'A C D',
    ],
    ['other paths', [to('targets', 'A', py), to('targets', 'B'), to('A', 'C')], 'B'],
    [
      'other paths, three levels',
      [to('targets', 'A'), to('targets', 'B'), to('A', 'C', py), to('C', 'D')],
      'A B',
    ],
    [
      'a circle',
      [to('targets', 'A'), to('targets', 'B'), to('B', 'C'), to('C', 'D'), to('D', 'B')],
      'A B C D',
    ],
    ['two to one', [to('targets', 'A'), to('targets', 'B'), to('B', 'C'), to('A', 'C')], 'A C B'],
    [
      'two to one by other paths',
      [to('targets', 'A'), to('targets', 'B'), to('B', 'C'), to('A', 'C', py)],
      'A B C',
    ],
    ['a role back to the top', [to('targets', 'A'), to('A', 'A')], 'A'],
  ]
  test.each(graphs)('%s', async (_name, delegations, order) => {
    const { simulator, source } = await clientOf(delegations)
    await expect(findTarget(source, 'missing')).rejects.toMatchObject({
      code: 'trust/target-missing',
    })
    expect(visited(simulator).join(' ')).toBe(order)
  })
})

describe('finding a target (targetfile_search)', () => {
  const tree = [
    to('targets', 'A', { paths: ['*.doc', '*.md'] }),
    to('targets', 'B', { paths: ['releases/*/*'] }),
    to('B', 'C', { paths: ['releases/x/*'] }),
    to('B', 'D', { paths: ['releases/y/*.zip'] }),
  ]
  const targets = [
    ['targets', 'targetfile'],
    ['A', 'README.md'],
    ['C', 'releases/x/x_v1'],
    ['D', 'releases/y/y_v1.zip'],
    ['D', 'releases/z/z_v1.zip'],
  ] as const
  test.each([
    ['targetfile', 'targets', ''],
    ['README.md', 'A', 'A'],
    ['releases/x/x_v1', 'C', 'B C'],
    ['releases/y/y_v1.zip', 'D', 'B D'],
    ['releases/z/z_v1.zip', undefined, 'B'],
    ['releases/x/deep/x_v1', undefined, ''],
  ])('%s is described by %s', async (path, role, order) => {
    const { simulator, source } = await clientOf(tree, targets)
    const found = await findTarget(source, path).catch((): Partial<FoundTarget> => ({}))
    expect(found.role).toBe(role)
    expect(visited(simulator).join(' ')).toBe(order)
  })

  test('the first delegation that has it wins, the top-level role before all', async () => {
    const delegations = [to('targets', 'A'), to('targets', 'B')]
    const { source } = await clientOf(delegations, [
      ['B', 'x'],
      ['A', 'x'],
      ['A', 'y'],
      ['targets', 'y'],
    ])
    expect((await findTarget(source, 'x')).role).toBe('A')
    expect((await findTarget(source, 'y')).role).toBe('targets')
  })

  test('prefixes of hashes pick the bin of a path', async () => {
    const digest = toHex(sha256(utf8Encode('file')))
    const other = digest.startsWith('0') ? '1' : '0'
    const bins = [
      to('targets', 'bin-other', { path_hash_prefixes: [other] }),
      to('targets', 'bin', { path_hash_prefixes: [other, digest.slice(0, 2)] }),
    ]
    const { simulator, source } = await clientOf(bins, [
      ['bin-other', 'file'],
      ['bin', 'file'],
    ])
    expect((await findTarget(source, 'file')).role).toBe('bin')
    expect(visited(simulator)).toEqual(['bin'])
  })

  test('a role trusted for neither paths nor prefixes is never asked', async () => {
    const simulator = await TufSimulator.start()
    simulator.delegate(to('targets', 'A', { paths: [] }))
    await simulator.release()
    const store = simulator.client()
    const { set } = await simulator.update({ store })
    const source = { set, store, online: { fetcher: simulator.fetcher, now: NOW } }
    await expect(findTarget(source, 'x')).rejects.toMatchObject({ code: 'trust/target-missing' })
    expect(visited(simulator)).toEqual([])
  })

  test('a role that cannot be had ends the search: the next must not answer for it', async () => {
    const { simulator, source } = await clientOf(
      [to('targets', 'A'), to('targets', 'B')],
      [['B', 'x']],
    )
    simulator.served.set('2.A.json', 'broken')
    await expect(findTarget(source, 'x')).rejects.toMatchObject({ code: 'trust/unavailable' })
    expect(visited(simulator)).toEqual(['A'])
  })

  test('no more than 64 roles are asked', async () => {
    const chain = Array.from({ length: 80 }, (_, at) => {
      return { ...to(at === 0 ? 'targets' : `r${at - 1}`, `r${at}`), signer: edSigner('chain') }
    })
    const { simulator, source } = await clientOf(chain, [['r79', 'x']])
    await expect(findTarget(source, 'x')).rejects.toMatchObject({ code: 'trust/target-missing' })
    expect(visited(simulator).length).toBe(63)
  })

  test('without a network the search ends where a role is not kept', async () => {
    const { source } = await clientOf([to('targets', 'A')], [['A', 'x']])
    const { online: _none, ...offline } = source
    await expect(findTarget(offline, 'x')).rejects.toMatchObject({ code: 'trust/file-missing' })
  })
})

describe('whose keys count for a delegated role', () => {
  test('only those its delegator names', async () => {
    const { simulator, source } = await clientOf([to('targets', 'A')], [['A', 'x']])
    simulator.signWith('A', edSigner('targets'), edSigner('root'))
    await simulator.release()
    const { set } = await simulator.update({ store: source.store })
    await expect(findTarget({ ...source, set }, 'x')).rejects.toMatchObject({
      code: 'trust/threshold',
    })
  })

  test('a role that the snapshot does not list is trust/role-missing', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.delegate(to('targets', 'A'))
    const hidden = simulator.roles.get('A')
    simulator.roles.delete('A')
    await simulator.release()
    expect(hidden).toBeDefined()
    const { set, faults } = await simulator.update({ store, delegated: ['A'] })
    expect(faults).toEqual([{ role: 'A', code: 'trust/role-missing' }])
    expect(set.delegated.size).toBe(0)
  })

  test('a key taken away takes what it signed with it, at the next targets', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.delegate(to('targets', 'A'))
    await simulator.release()
    expect((await simulator.update({ store, delegated: 'all' })).set.delegated.has('A')).toBe(true)
    simulator.edit('targets', { delegations: { keys: {}, roles: [] } })
    simulator.delegate({ ...to('targets', 'A'), signer: edSigner('A after') })
    await simulator.release({ roles: ['targets'] })
    const { set, faults } = await simulator.update({ store, delegated: 'all' })
    expect(faults).toEqual([{ role: 'A', code: 'trust/threshold' }])
    expect(set.delegated.has('A')).toBe(false)
  })

  test('a nested role is verified again when its delegator changes its keys', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.delegate(to('targets', 'A'))
    simulator.delegate(to('A', 'B'))
    await simulator.release()
    await simulator.update({ store, delegated: 'all' })
    simulator.edit('A', { delegations: { keys: {}, roles: [] } })
    simulator.delegate({ ...to('A', 'B'), signer: edSigner('B after') })
    await simulator.release({ roles: ['A'] })
    const { set, faults } = await simulator.update({ store, delegated: ['A'] })
    expect(faults).toEqual([])
    expect([...set.delegated.keys()]).toEqual(['A'])
  })
})

describe('roles that come first', () => {
  test('arrive even when the targets do not, by the delegations of the last good targets', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.delegate(to('targets', 'deny', { paths: ['deny/*'] }))
    await simulator.release()
    await simulator.update({ store, first: ['deny'], delegated: 'all' })
    await simulator.release()
    simulator.served.set(simulator.fileName('targets'), 'broken')
    const { set, faults } = await simulator.update({ store, first: ['deny'], delegated: 'all' })
    expect(faults).toEqual([{ role: 'targets', code: 'trust/unavailable' }])
    expect(set.targets?.signed.version).toBe(2)
    expect(set.delegated.get('deny')?.signed.version).toBe(3)
    expect(simulator.requests.slice(-2)).toEqual(['3.deny.json', '3.targets.json'])
  })

  test('are verified again by the new targets when those do arrive', async () => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.delegate(to('targets', 'deny'))
    await simulator.release()
    await simulator.update({ store, first: ['deny'], delegated: 'all' })
    simulator.edit('targets', { delegations: { keys: {}, roles: [] } })
    simulator.delegate({ ...to('targets', 'deny'), signer: edSigner('deny after') })
    simulator.signWith('deny', edSigner('deny after'))
    await simulator.release()
    const { set, faults } = await simulator.update({ store, first: ['deny'], delegated: 'all' })
    expect(faults).toEqual([])
    expect(set.delegated.get('deny')?.signed.version).toBe(3)
  })
})

describe('unusual names (unusual_role_name)', () => {
  test.each([
    ['?', '%3F'],
    ['#', '%23'],
    ['/delegatedrole', '%2Fdelegatedrole'],
    ['../delegatedrole', '..%2Fdelegatedrole'],
    ['状态', '%E7%8A%B6%E6%80%81'],
  ])('a role called %s is one file, %s', async (name, encoded) => {
    const simulator = await TufSimulator.start()
    const store = simulator.client()
    simulator.delegate(to('targets', name))
    await simulator.release()
    const { faults } = await simulator.update({ store, delegated: 'all' })
    expect(faults).toEqual([])
    expect(simulator.requests.at(-1)).toBe(`1.${encoded}.json`.replace('1', '2'))
    expect([...store.files.keys()]).toContain(`${encoded}.json`)
  })
})
