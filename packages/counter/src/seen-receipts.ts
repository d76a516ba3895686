/**
 * Receipts of the log that came with what was scanned here, or with a pack, by the hash of their entry (32 bytes): a licence that was seen with its receipt
 * once is on record here without it, after the page is closed too. They name nothing but hashes; of many, and after 90 days, the first
 * are forgotten. A kept receipt is judged again each time, so what lies on the disk need not be believed.
 */
import { decodeCodeText, Fault, toHex } from '@onetrip/codec'
import { parseAnswer, parsePresentation } from '@onetrip/credential'
import type { PackReceipt } from '@onetrip/trust'
import { type CodeInput, openStore, type Store } from '@onetrip/ui'
import type { Evidence, KeptReceipts } from '@onetrip/verifier'
import { unixNow } from './clock.ts'

/** Twenty megabytes: a whole pack's, and a busy counter's twelve days. */
const MAX_RECEIPTS = 20_000
const MAX_AGE_SECONDS = 90 * 86_400

/** What lies on the disk may be damaged, or a later version's: it is read before it counts. */
interface ReceiptSchema {
  readonly receipts: unknown
}

/** What of a store is used here. */
export type ReceiptDisk = Pick<Store<ReceiptSchema>, 'get' | 'entries' | 'write'>

/** What this counter has seen; where the browser refuses storage, on this page. Nothing rejects. */
export interface SeenReceipts {
  readonly find: KeptReceipts
  /** Takes the receipt of a single licence's code that was judged to hold. */
  readonly see: (input: CodeInput, evidence: Pick<Evidence, 'logged'>) => Promise<void>
  /** Takes those of an answer, of each material whose own was judged to hold. */
  readonly seeAnswer: (
    input: CodeInput,
    verdict: { readonly materials: readonly JudgedMaterial[] },
  ) => Promise<void>
  /** Takes those of a pack that hold: nobody vouches for what a pack says, and one that holds for nothing would take a good one's place. */
  readonly take: (
    packed: readonly PackReceipt[],
    holds: (one: PackReceipt) => Promise<boolean>,
  ) => Promise<void>
}

/** What of the verdict on a material is looked at. */
export interface JudgedMaterial {
  readonly material: { readonly code: string }
  readonly evidence?: Pick<Evidence, 'logged'>
}

interface KeptReceipt {
  readonly format: 1
  /** When it was seen last, Unix seconds. */
  readonly at: number
  readonly receipt: Uint8Array
}

/** Opens a memory of at most `max` receipts. */
export function seenReceipts(
  options: {
    readonly max?: number
    readonly open?: () => Promise<ReceiptDisk>
    readonly now?: () => number
  } = {},
): SeenReceipts {
  const { max = MAX_RECEIPTS, open = openOnDisk, now = unixNow } = options
  const onPage = new Map<string, Uint8Array>()
  /** Leaves on the disk, that seen longest ago first. */
  const onDisk = new Set<string>()
  const opened = open()
    .then(async (disk) => {
      const old = await readLeaves(disk, onDisk, now())
      await disk.write(old.map((key) => ({ box: 'receipts', key }) as const))
      return disk
    })
    .catch(() => undefined)

  async function keep(found: readonly FoundReceipt[]): Promise<void> {
    for (const { leaf, receipt } of found) {
      onPage.delete(leaf)
      onPage.set(leaf, receipt)
    }
    forgetFirst(onPage, max)
    const disk = await opened
    if (disk === undefined || found.length === 0) return
    for (const { leaf } of found) {
      onDisk.delete(leaf)
      onDisk.add(leaf)
    }
    const forgotten = forgetFirst(onDisk, max)
    const rows = found.map(({ leaf, receipt }) => {
      const value: KeptReceipt = { format: 1, at: now(), receipt }
      return { box: 'receipts', key: leaf, value } as const
    })
    const over = forgotten.map((key) => ({ box: 'receipts', key }) as const)
    await disk.write([...rows, ...over]).catch(() => undefined)
  }

  return {
    find: async (bytes) => {
      const leaf = toHex(bytes)
      const disk = onPage.has(leaf) ? undefined : await opened
      const kept = await disk?.get('receipts', leaf).catch(() => undefined)
      return onPage.get(leaf) ?? (isKept(kept) ? kept.receipt : undefined)
    },
    see: (input, { logged }) => keep(logged === undefined ? [] : receiptsIn(input)),
    seeAnswer: (input, { materials }) => {
      const held = materials.filter(({ evidence }) => evidence?.logged !== undefined)
      return keep(receiptsOfAnswer(input, new Set(held.map(({ material }) => material.code))))
    },
    take: async (packed, holds) => {
      const held: FoundReceipt[] = []
      for (const one of packed) {
        if (await holds(one)) held.push({ leaf: toHex(one.leaf), receipt: one.receipt })
      }
      await keep(held)
    },
  }
}

function openOnDisk(): Promise<ReceiptDisk> {
  return openStore<ReceiptSchema>({
    name: 'onetrip-counter-receipts',
    version: 1,
    boxes: ['receipts'],
  })
}

/** Learns what is on the disk; answers what has lain there too long. A row that cannot be read may be a later version's, and stays. */
async function readLeaves(
  disk: ReceiptDisk,
  leaves: Set<string>,
  now: number,
): Promise<readonly string[]> {
  const rows = (await disk.entries('receipts')).flatMap(({ key, value }) =>
    isKept(value) ? [{ key, at: value.at }] : [],
  )
  rows.sort((one, other) => one.at - other.at)
  const isOld = ({ at }: { readonly at: number }): boolean => now - at > MAX_AGE_SECONDS
  for (const row of rows) if (!isOld(row)) leaves.add(row.key)
  return rows.filter(isOld).map(({ key }) => key)
}

/** Leaves the last `max` of what stands in order, and answers what went. */
function forgetFirst(
  all: { readonly size: number; keys(): Iterable<string>; delete(key: string): boolean },
  max: number,
): readonly string[] {
  const forgotten: string[] = []
  for (const first of all.keys()) {
    if (all.size <= max) break
    all.delete(first)
    forgotten.push(first)
  }
  return forgotten
}

function isKept(value: unknown): value is KeptReceipt {
  if (typeof value !== 'object' || value === null) return false
  const { format, at, receipt } = value as Readonly<Record<string, unknown>>
  return format === 1 && Number.isSafeInteger(at) && receipt instanceof Uint8Array
}

interface FoundReceipt {
  /** Hexadecimal. */
  readonly leaf: string
  readonly receipt: Uint8Array
}

function receiptsOfAnswer(
  input: CodeInput,
  materials: ReadonlySet<string>,
): readonly FoundReceipt[] {
  if (materials.size === 0) return []
  return orNone(() =>
    parseAnswer(input)
      .filter(({ material }) => material === undefined || materials.has(material))
      .flatMap(({ presentation }) => receiptsIn(presentation)),
  )
}

function receiptsIn(input: CodeInput): readonly FoundReceipt[] {
  return orNone(() => {
    const bytes = typeof input === 'string' ? decodeCodeText(input) : input
    const { receipts, leaf } = parsePresentation(bytes)
    const [receipt] = receipts
    // A copy: a disk keeps the whole buffer behind what is written, here all that was shown.
    return receipt === undefined ? [] : [{ leaf: toHex(leaf()), receipt: receipt.slice() }]
  })
}

function orNone(read: () => readonly FoundReceipt[]): readonly FoundReceipt[] {
  try {
    return read()
  } catch (error) {
    if (error instanceof Fault) return []
    throw error
  }
}
