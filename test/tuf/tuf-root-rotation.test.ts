/** The suite's test_updater_key_rotations: root keys that change hands, and what comes with it. */
import { describe, expect, test } from 'vitest'
import { edSigner } from './tuf-signers.ts'
import { TufSimulator } from './tuf-simulator.ts'

type RootVersion = readonly [keys: readonly number[], threshold: number, signers: readonly number[]]

const FIVE = [0, 1, 2, 3, 4] as const

const THRESHOLD = { code: 'trust/threshold' } as const

describe('rotation of root keys (updater_key_rotations)', () => {
  const cases: readonly (readonly [string, readonly RootVersion[], number])[] = [
    [
      '1 of 1',
      [
        [[1], 1, [1]],
        [[2], 1, [2, 1]],
        [[2], 1, [2]],
      ],
      3,
    ],
    [
      '1 of 1 with strangers’ signatures',
      [
        [[1], 1, [3, 1, 4]],
        [[2], 1, [3, 2, 1, 4]],
        [[2], 1, [3, 2, 4]],
      ],
      3,
    ],
    [
      '3 of 5, other combinations',
      [
        [FIVE, 3, [0, 2, 4]],
        [FIVE, 3, [0, 4, 1]],
        [FIVE, 3, [0, 1, 3]],
      ],
      3,
    ],
    [
      '3 of 5, one rotated',
      [
        [FIVE, 3, [0, 2, 4]],
        [[0, 1, 3, 4, 5], 3, [0, 4, 1]],
      ],
      2,
    ],
    [
      '3 of 5, one rotated, in steps',
      [
        [FIVE, 3, [0, 2, 4]],
        [[0, 1, 3, 4, 5], 3, [0, 2, 4, 5]],
        [[0, 1, 3, 4, 5], 3, [0, 4, 5]],
      ],
      3,
    ],
    [
      '3 of 5, all rotated',
      [
        [FIVE, 3, [0, 2, 4]],
        [[5, 6, 7, 8, 9], 3, [0, 2, 4, 5, 6, 7]],
        [[5, 6, 7, 8, 9], 3, [5, 6, 7]],
      ],
      3,
    ],
    [
      'threshold up',
      [
        [[1, 2, 3], 1, [1]],
        [[1, 2, 3], 2, [1, 2]],
      ],
      2,
    ],
    [
      'threshold up with a new key',
      [
        [[1], 1, [1]],
        [[1, 2], 2, [1, 2]],
      ],
      2,
    ],
    [
      'threshold down',
      [
        [[1, 2, 3], 2, [1, 2]],
        [[1, 2, 3], 1, [1, 2]],
        [[1, 2, 3], 1, [1]],
      ],
      3,
    ],
    [
      'not signed by the old key',
      [
        [[1], 1, [1]],
        [[2], 1, [2, 3, 4]],
      ],
      1,
    ],
    [
      'not signed by the new key',
      [
        [[1], 1, [1]],
        [[2], 1, [1, 3, 4]],
      ],
      1,
    ],
    [
      'not by three new keys',
      [
        [FIVE, 3, [0, 2, 4]],
        [[0, 1, 3, 4, 5], 3, [0, 2, 4]],
      ],
      1,
    ],
    [
      'not by three old keys',
      [
        [FIVE, 3, [0, 2, 4]],
        [[0, 1, 3, 4, 5], 3, [0, 4, 5]],
      ],
      1,
    ],
    [
      'new threshold not reached',
      [
        [[1, 2, 3], 1, [1]],
        [[1, 2, 3], 2, [2]],
      ],
      1,
    ],
    [
      'old threshold not reached',
      [
        [[1, 2, 3], 2, [1, 2]],
        [[1, 2, 3], 1, [1]],
      ],
      1,
    ],
  ]
  test.each(cases)('%s', async (_name, versions, reached) => {
    const simulator = await TufSimulator.start()
    simulator.edit('root', { version: 0 })
    for (const [keys, threshold, signers] of versions) {
      const named = (numbers: readonly number[]) =>
        numbers.map((number) => edSigner(`key ${number}`))
      simulator.setKeys('root', { keys: named(keys), threshold, signers: named(signers) })
      await simulator.publishRoot()
    }
    const store = simulator.client()
    const result = await simulator.update({ store })
    const isWhole = reached === versions.length
    expect(result.faults).toEqual(isWhole ? [] : [{ role: 'root', ...THRESHOLD }])
    expect(store.files.get('root.json')).toEqual(simulator.files.get(`${reached}.root.json`))
  })

  test.each(['timestamp', 'snapshot', 'targets'] as const)(
    'of %s: the new keys count, the old do not (non_root_rotations)',
    async (role) => {
      const simulator = await TufSimulator.start()
      const store = simulator.client()
      await simulator.update({ store })
      simulator.setKeys(role, { keys: [edSigner('after')], signers: [edSigner(role)] })
      await simulator.publishRoot()
      await simulator.release()
      const refused = await simulator.update({ store })
      expect(refused.faults.map(({ code }) => code)).toEqual(['trust/threshold'])
      simulator.signWith(role, edSigner('other'), edSigner('after'), edSigner('another'))
      await simulator.release()
      const result = await simulator.update({ store })
      expect(result.faults).toEqual([])
      expect(store.files.get(`${role}.json`)).toEqual(simulator.file(role))
    },
  )
})
