/** `onetrip trust root show`: a root for people to read and compare. */
import { type TufRoot, topRoleKeys } from '@onetrip/trust'
import {
  readRootDraft,
  rootBefore,
  type SignedShare,
  signedShare,
  thumbprintsOf,
} from './ceremony/ceremony-file.ts'
import { checkTranscript } from './ceremony/transcript.ts'
import { readArguments } from './command-spec.ts'
import { printable, printableJson } from './printable.ts'
import { trustRootShowSpec } from './specs/trust-root-show.ts'
import { type CommandContext, EXIT } from './usage.ts'
import { utc } from './utc.ts'

const ROLES = ['root', 'targets', 'snapshot', 'timestamp'] as const

/** Shows; exit code 1 for a broken transcript, 3 while signatures are missing. */
export async function runTrustRootShow(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(trustRootShowSpec, context.args)
  const [file = ''] = operands
  const { bytes, signed, fingerprint } = await readRootDraft(file)
  const before = await rootBefore(file, signed)
  const own = await signedShare(bytes, topRoleKeys(signed, 'root'))
  const former =
    before === undefined ? undefined : await signedShare(bytes, topRoleKeys(before, 'root'))
  const transcript = await checkTranscript(file, bytes)
  const isComplete = [own, ...(former === undefined ? [] : [former])].every(
    (share) => share.signed >= share.threshold,
  )
  const shown = {
    version: signed.version,
    expires: utc(signed.expiresAt),
    fingerprint,
    isComplete,
    roles: rolesOf(signed),
    signatures: { own, ...(former === undefined ? {} : { former }) },
    transcript,
  }
  context.print(values.json ? printableJson(shown) : describe(shown))
  if (transcript.brokenAt !== undefined) return EXIT.invalid
  return isComplete ? EXIT.valid : EXIT.unverifiable
}

interface RoleShown {
  readonly role: string
  readonly threshold: number
  readonly keys: readonly string[]
}

function rolesOf(root: TufRoot): readonly RoleShown[] {
  return ROLES.map((role) => ({
    role,
    threshold: root.roles[role].threshold,
    keys: thumbprintsOf(root, role),
  }))
}

function describe(shown: {
  readonly version: number
  readonly expires: string
  readonly fingerprint: string
  readonly roles: readonly RoleShown[]
  readonly signatures: { readonly own: SignedShare; readonly former?: SignedShare }
  readonly transcript: Awaited<ReturnType<typeof checkTranscript>>
}): string {
  const { version, expires, fingerprint, roles, signatures, transcript } = shown
  const { acts, brokenAt, ofFile } = transcript
  return [
    `root ${version}, good until ${expires}`,
    `fingerprint (SHA-256 of what is signed)`,
    `  ${fingerprint.match(/.{8}/g)?.join(' ')}`,
    ...roles.flatMap(({ role, threshold, keys }) => [
      `${role}: ${threshold} of ${keys.length}`,
      ...keys.map((key) => `  ${key}`),
    ]),
    ...share('signed by its own root keys', signatures.own),
    ...(signatures.former === undefined
      ? []
      : share('signed by root keys of the one before', signatures.former)),
    brokenAt === undefined
      ? `transcript: ${acts === 0 ? 'none' : `${acts} acts, whole`}`
      : `transcript: BROKEN at line ${brokenAt}`,
    ...ofFile.map(
      ({ time, act, actor, key }) =>
        `  ${printable(`${time} ${act} by ${actor}${key === undefined ? '' : `, key ${key}`}`)}`,
    ),
  ].join('\n')
}

function share(title: string, { signed, threshold, keys }: SignedShare): readonly string[] {
  return [
    `${title}: ${signed} of ${threshold} wanted`,
    ...keys.map(({ thumbprint, hasSigned }) => `  ${hasSigned ? 'yes' : ' no'} ${thumbprint}`),
  ]
}
