/** What people do where the trust data wait for their offline keys: the commands in their order, with the versions that are next. */

import { shellLine } from './shell-words.ts'
import type { OfflineTrust } from './trust-data.ts'

/** Where a command is given: at the server, or where an offline key is. */
export type StepPlace = 'server' | 'keeper'

/** One command. */
export interface OfflineStep {
  readonly at: StepPlace
  readonly command: string
}

const FOLDER = 'ceremony'
/** A root names the keys of these; the targets name the others'. */
const NAMED_BY_ROOT: readonly string[] = ['snapshot', 'timestamp']

/** Whether a further root is due. */
export function isRootDue({ ending, olderKeys }: OfflineTrust): boolean {
  return (
    ending.some(({ role }) => role === 'root') ||
    olderKeys.some((role) => NAMED_BY_ROOT.includes(role))
  )
}

/** Whether further targets are due. */
export function areTargetsDue({ changedCount, ending, olderKeys }: OfflineTrust): boolean {
  return (
    changedCount > 0 ||
    ending.some(({ role }) => role === 'targets') ||
    olderKeys.some((role) => !NAMED_BY_ROOT.includes(role))
  )
}

/** The commands, for whoever is named in the transcript; none where nothing waits, and none before there is a first root. */
export function offlineSteps(offline: OfflineTrust, actor: string): readonly OfflineStep[] {
  const { root, olderKeys } = offline
  if (root === null) return []
  const hasRoot = isRootDue(offline)
  const hasTargets = areTargetsDue(offline)
  if (!hasRoot && !hasTargets) return []
  const by = ['--actor', actor]
  const rootFile = (version: number): string => `${FOLDER}/${version}.root.json`
  const nextRoot = rootFile(hasRoot ? root + 1 : root)
  const targets = `${FOLDER}/${(offline.targets ?? 0) + 1}.targets.json`
  const step = (at: StepPlace, words: readonly string[], to = ''): OfflineStep => ({
    at,
    command: shellLine(['onetrip', ...words]) + to,
  })
  const isRenewed = hasRoot && olderKeys.length > 0
  const online = isRenewed ? ['--online', 'online.json'] : []
  return [
    ...(isRenewed ? [step('server', ['trust', 'online-keys'], ' > online.json')] : []),
    ...(hasRoot
      ? [
          step('server', ['trust', 'root', 'rotate', rootFile(root), ...online, ...by]),
          step('keeper', ['trust', 'root', 'sign', nextRoot, '--key', 'root-1.key', ...by]),
        ]
      : []),
    ...(hasTargets
      ? [
          step('server', ['trust', 'targets', 'draft', FOLDER, ...by]),
          step('keeper', [
            ...['trust', 'targets', 'sign', targets, '--root', nextRoot],
            ...['--key', 'targets-1.key', ...by],
          ]),
        ]
      : []),
    step('server', [
      ...['trust', 'publish', ...(hasRoot ? [nextRoot] : [])],
      ...[...(hasTargets ? [targets] : []), ...by],
    ]),
  ]
}

/** The command that revokes a key from its beginning on, which is right where nobody knows when it was stolen. */
export function revokeCommand(
  key: { readonly id: string; readonly notBefore: number },
  person: string,
): string {
  const from = new Date(key.notBefore * 1000).toISOString().replace('.000Z', 'Z')
  return shellLine([
    ...['onetrip', 'keys', 'revoke', key.id],
    ...['--from', from, '--person', person, '--emergency'],
  ])
}
