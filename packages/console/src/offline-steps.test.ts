/** The commands that the page of keys gives to people with offline keys. */
import { expect, test } from 'vitest'
import { offlineSteps, revokeCommand } from './offline-steps.ts'
import { shellLine } from './shell-words.ts'
import type { OfflineTrust } from './trust-data.ts'

const CALM: OfflineTrust = {
  signsItself: false,
  root: 2,
  targets: 11,
  changed: [],
  changedCount: 0,
  ending: [],
  olderKeys: [],
}
const commands = (of: Partial<OfflineTrust>): readonly string[] =>
  offlineSteps({ ...CALM, ...of }, '吴管理').map(({ at, command }) => `${at}: ${command}`)

test('nothing waits, or there is no first root: no command', () => {
  expect(commands({})).toEqual([])
  expect(commands({ root: null, targets: null, changedCount: 3 })).toEqual([])
})

test('changed documents wait for the next targets', () => {
  expect(commands({ changed: ['trust-list.json'], changedCount: 1 })).toEqual([
    'server: onetrip trust targets draft ceremony --actor 吴管理',
    'keeper: onetrip trust targets sign ceremony/12.targets.json --root ceremony/2.root.json --key targets-1.key --actor 吴管理',
    'server: onetrip trust publish ceremony/12.targets.json --actor 吴管理',
  ])
})

test('a root that ends is followed by the next one', () => {
  expect(commands({ ending: [{ role: 'root', expiresAt: 1 }] })).toEqual([
    'server: onetrip trust root rotate ceremony/2.root.json --actor 吴管理',
    'keeper: onetrip trust root sign ceremony/3.root.json --key root-1.key --actor 吴管理',
    'server: onetrip trust publish ceremony/3.root.json --actor 吴管理',
  ])
})

test('renewed keys of all online roles need both, brought together', () => {
  const all = commands({ olderKeys: ['snapshot', 'timestamp', 'status', 'deny', 'log'] })
  expect(all[0]).toBe('server: onetrip trust online-keys > online.json')
  expect(all[1]).toContain('rotate ceremony/2.root.json --online online.json')
  expect(all[4]).toContain('--root ceremony/3.root.json')
  expect(all[5]).toContain('publish ceremony/3.root.json ceremony/12.targets.json')
})

test('a name is one word of the shell, whatever it holds', () => {
  expect(shellLine(['a', "o'b; rm -rf $HOME `x`", ''])).toBe(`a 'o'\\''b; rm -rf $HOME \`x\`' ''`)
  expect(revokeCommand({ id: 'x-issue-cbor-1', notBefore: 0 }, '$(reboot)')).toBe(
    "onetrip keys revoke x-issue-cbor-1 --from 1970-01-01T00:00:00Z --person '$(reboot)' --emergency",
  )
})
