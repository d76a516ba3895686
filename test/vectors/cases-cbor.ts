/** Cases of malformed CBOR and COSE, and of SD-CWTs that break the draft's rules. */
import {
  CborFloat,
  type CborKey,
  CborTag,
  type CborValue,
  concatBytes,
  decodeSign1,
  encodeCbor,
  encodeQrText,
  fromHex,
  REDACTED_KEYS,
  sha256,
  toHex,
} from '@onetrip/codec'
import { forgeBinding, forgeDisclosure } from './forge-cbor.ts'
import { foodCredential, liveBytes, liveCode, paperCode, type VectorCase } from './vector-case.ts'
import { FOOD_PLAIN, NOW, OFFICE, signers } from './vector-cast.ts'

type Row = readonly [
  name: string,
  why: string,
  input: VectorCase['input'],
  code: string,
  outcome?: VectorCase['outcome'],
]

const GREY = 'unverifiable'
const NO_SIGNATURE = `40a0${'40'.repeat(2)}`

/** All cases of this kind. */
export async function cborCases(): Promise<readonly VectorCase[]> {
  return [
    ...named('cbor', 'RFC 8949 §4.2.1', await cborRows()),
    ...named('cose', 'RFC 9052 §4.4', await coseRows()),
    ...named('sd-cwt', 'draft-ietf-spice-sd-cwt §9', await sdCwtRows()),
    ...named('cwt', 'RFC 8392 §3.1', await claimRows()),
    ...named('kb-cwt', 'draft-ietf-spice-sd-cwt §8', await bindingRows()),
  ]
}

async function cborRows(): Promise<readonly Row[]> {
  const live = toHex(await liveBytes())
  const inHeader = (hex: string): VectorCase['input'] => ({ hex: `d28440${hex}4040` })
  return [
    ['duplicate-key', 'CB01', { hex: 'a201010102' }, 'cbor/duplicate-key'],
    ['bignum', 'CB04', { hex: `c25a00020000${'ff'.repeat(64)}` }, 'cbor/tag-not-allowed', GREY],
    ['nested', 'CB05', { hex: '81', padTo: 60_000 }, 'cbor/too-deep', GREY],
    ['length-2-64', 'CB06', { hex: '9bffffffffffffffff' }, 'cbor/truncated'],
    ['truncated', 'a live code cut short', { hex: live.slice(0, 400) }, 'cbor/truncated'],
    ['trailing-bytes', 'CB07', { hex: `${live}00` }, 'cbor/trailing-bytes'],
    [
      'proto-key',
      'CB09',
      { hex: 'a1695f5f70726f746f5f5fa167697341646d696ef5' },
      'cbor/key-not-allowed',
    ],
    ['not-shortest', 'CB10', inHeader('a1190063f5'), 'cbor/not-canonical'],
    ['indefinite', 'CB12', { hex: '9f01ff' }, 'cbor/indefinite-length'],
    ['reserved', 'additional information 28', { hex: 'd28440a01c40' }, 'cbor/malformed'],
    ['simple', 'simple(16)', inHeader('a11863f0'), 'cbor/simple-not-allowed'],
    ['integer-2-64', 'CB17', inHeader('a118631bffffffffffffffff'), 'cbor/integer-range'],
    ['text-not-utf-8', 'a text that is not UTF-8', inHeader('a1186361ff'), 'text/encoding'],
    ['too-many-items', 'CB18', inHeader(`a11863990fff${'00'.repeat(4095)}`), 'cbor/limit', GREY],
    ['too-long', 'more than 64 KiB', { hex: 'd200', padTo: 65_537 }, 'cbor/limit', GREY],
    [
      'tag-61',
      'the CWT tag is not used',
      { hex: `d83dd284${NO_SIGNATURE}` },
      'cbor/tag-not-allowed',
      GREY,
    ],
    [
      'no-tag',
      'a COSE_Sign1 without its tag',
      { hex: `84${NO_SIGNATURE}` },
      'cose/wrong-tag',
      GREY,
    ],
  ]
}

async function coseRows(): Promise<readonly Row[]> {
  const credential = await foodCredential()
  const { protectedBytes, signature, unprotectedHeader } = decodeSign1(credential)
  const sign1 = (parts: readonly unknown[]): VectorCase['input'] => ({
    hex: toHex(
      concatBytes(
        Uint8Array.of(0xd2, 0x84),
        ...parts.map((part) => encodeCbor(part as Uint8Array)),
      ),
    ),
  })
  const changed = async (
    changes: Parameters<typeof foodCredential>[0],
  ): Promise<VectorCase['input']> => ({ hex: toHex(await foodCredential(changes)) })
  return [
    [
      'algorithm-unprotected',
      'CO01',
      await changed({ header: [[1, undefined]], unprotected: [[1, -19]] }),
      'cose/algorithm-unprotected',
    ],
    [
      'algorithm-missing',
      'no alg',
      await changed({ header: [[1, undefined]] }),
      'cose/algorithm-missing',
    ],
    ['algorithm-hmac', 'CO02', await changed({ header: [[1, 5]] }), 'algorithm/not-allowed'],
    [
      'critical-header',
      'CO04',
      await changed({ header: [[2, [99]]] }),
      'cose/critical-header',
      GREY,
    ],
    [
      'duplicate-header',
      'one label in both buckets',
      await changed({ unprotected: [[16, 293]] }),
      'cose/duplicate-header',
    ],
    [
      'no-payload',
      'CO06',
      sign1([protectedBytes, unprotectedHeader, null, signature]),
      'cose/no-payload',
    ],
    [
      'payload-not-bytes',
      'CO09',
      sign1([protectedBytes, unprotectedHeader, [], signature]),
      'cose/wrong-type',
    ],
    [
      'signature-63-bytes',
      'CO08',
      { text: await liveCode({ signature: new Uint8Array(63) }), office: OFFICE },
      'signature/format',
    ],
    [
      'signature-of-zeros',
      'CO10',
      { text: await liveCode({ signature: new Uint8Array(64) }), office: OFFICE },
      'signature/invalid',
    ],
    [
      'altered-payload',
      'one bit of a signed claim',
      { hex: flipped(toHex(await liveBytes()), '4a5932333339', '4a5932333338'), office: OFFICE },
      'signature/invalid',
    ],
    [
      'binding-signature-short',
      "the holder's signature is too short",
      { hex: toHex(await withShortSignature()), office: OFFICE },
      'signature/format',
    ],
  ]
}

async function sdCwtRows(): Promise<readonly Row[]> {
  const disclosed = forgeDisclosure(10, '虚构市云栖区样例路18号')
  const live = async (
    changes: Parameters<typeof foodCredential>[0],
  ): Promise<VectorCase['input']> => ({ text: await liveCode(changes), office: OFFICE })
  const chain = nestedDisclosures(20)
  return [
    [
      'duplicate-disclosure',
      'SD01',
      await live({ disclosures: [disclosed, disclosed] }),
      'sd-cwt/duplicate-digest',
    ],
    [
      'unreferenced-disclosure',
      'SD02',
      await live({ disclosures: [forgeDisclosure(14, '12315')] }),
      'sd-cwt/unreferenced-disclosure',
    ],
    [
      'claim-already-there',
      'SD03',
      await live({ redacted: [[6, '另一家公司']], disclose: [6] }),
      'sd-cwt/claim-key',
    ],
    [
      'disclosure-of-five',
      'a disclosure of the wrong shape',
      await live({ disclosures: [encodeCbor([1, 2, 3, 4, 5])] }),
      'sd-cwt/disclosure',
    ],
    ['chain-of-disclosures', 'SD05', await live(chain), 'sd-cwt/limit', GREY],
    ['hash-sha-1', 'SD07', await live({ header: [[170, -14]] }), 'sd-cwt/hash-algorithm'],
    [
      'serial-hidden',
      'SD08',
      await live({
        licence: FOOD_PLAIN.slice(1),
        redacted: [[1, 'JY23399010000012']],
        disclose: [1],
      }),
      'sd-cwt/required-claim-hidden',
    ],
    [
      'status-hidden',
      'SD08: taken out, with a digest in its place',
      await live({
        payload: encodeCbor(new Map([[REDACTED_KEYS, [new Uint8Array(32)]]])),
        disclose: [],
      }),
      'sd-cwt/required-claim-hidden',
    ],
    [
      'type-of-a-status-list',
      'another typ',
      await live({ header: [[16, 'application/statuslist+cwt']] }),
      'credential/wrong-type',
    ],
  ]
}

async function claimRows(): Promise<readonly Row[]> {
  const live = async (
    changes: Parameters<typeof foodCredential>[0],
  ): Promise<VectorCase['input']> => ({ text: await liveCode(changes), office: OFFICE })
  return [
    ['expiry-missing', 'JW09', await live({ claims: [[4, undefined]] }), 'time/format'],
    [
      'expiry-not-a-number',
      'CB15',
      await live({ expiresAt: new CborFloat(Number.NaN) }),
      'time/format',
    ],
    ['expiry-text', 'CB15', await live({ expiresAt: 'abc' }), 'time/format'],
    ['issuer-missing', 'no iss', await live({ claims: [[1, undefined]] }), 'credential/format'],
    [
      'confirmation-key-weak',
      'ED01: an Ed25519 key of small order',
      await live({ claims: [[8, new Map([[1, okp(`01${'00'.repeat(31)}`)]])]] }),
      'key/weak',
    ],
    [
      'confirmation-key-31-bytes',
      'ED04',
      await live({ claims: [[8, new Map([[1, okp('02'.repeat(31))]])]] }),
      'key/format',
    ],
    [
      'confirmation-key-not-a-point',
      'an x that is no point of the curve',
      await live({ claims: [[8, new Map([[1, okp(`02${'00'.repeat(31)}`)]])]] }),
      'key-binding/signature',
    ],
    ['status-index-text', 'ST02', await live({ status: badStatus('5') }), 'status/index', GREY],
    ['status-index-negative', 'ST02', await live({ status: badStatus(-1) }), 'status/index', GREY],
    [
      'status-missing',
      'a status claim of another kind',
      await live({ status: 0 }),
      'status/format',
    ],
    [
      'paper-with-holder-key',
      'a paper code is bound to nobody',
      { text: await paperCode({ holderKey: signers.holder.publicKey }), office: OFFICE },
      'credential/format',
    ],
    [
      'payload-array',
      'a payload that is no map',
      await live({ payload: encodeCbor([]) }),
      'credential/format',
    ],
    [
      'payload-tag',
      'a tag inside the payload',
      await live({ payload: encodeCbor(new Map([[1, new CborTag(0, 'x')]])) }),
      'cbor/tag-not-allowed',
      GREY,
    ],
  ]
}

async function bindingRows(): Promise<readonly Row[]> {
  const live = async (
    binding: Partial<Parameters<typeof forgeBinding>[1]>,
  ): Promise<VectorCase['input']> => ({ text: await liveCode({}, binding), office: OFFICE })
  const bare = await forgeBinding(encodeCbor(new Map()), {
    signer: signers.holder,
    issuedAt: NOW,
    mode: 2,
  })
  return [
    ['mode-unknown', 'a mode that is none', await live({ mode: 9 }), 'key-binding/format'],
    ['audience-missing', 'no aud', await live({ claims: [[3, undefined]] }), 'key-binding/format'],
    ['issued-at-missing', 'no iat', await live({ claims: [[6, undefined]] }), 'key-binding/format'],
    ['issued-at-text', 'iat is a text', await live({ issuedAt: 'now' }), 'time/format'],
    [
      'alone',
      'a key binding without its credential',
      { text: encodeQrText(bare) },
      'cose/wrong-tag',
      GREY,
    ],
    [
      'within-key-binding',
      'a key binding over a key binding',
      {
        text: encodeQrText(
          await forgeBinding(await liveBytes(), { signer: signers.holder, issuedAt: NOW, mode: 2 }),
        ),
      },
      'cbor/tag-not-allowed',
      GREY,
    ],
  ]
}

function named(area: string, clause: string, rows: readonly Row[]): readonly VectorCase[] {
  return rows.map(([name, why, input, code, outcome = 'invalid']) => ({
    name: `${area}-${name}`,
    clause,
    why,
    input,
    outcome,
    code,
  }))
}

/** A chain of disclosures, each hidden in the one before. */
function nestedDisclosures(length: number): Parameters<typeof foodCredential>[0] {
  const disclosures: Uint8Array[] = []
  for (let i = 0; i < length; i++) {
    const inner = disclosures[0]
    const value =
      inner === undefined
        ? 'end'
        : new Map<CborKey, CborValue>([[REDACTED_KEYS, [digestOf(inner)]]])
    disclosures.unshift(forgeDisclosure(100 + i, value))
  }
  const [outer] = disclosures
  return outer === undefined ? {} : { disclosures, redacted: [], extraDigests: [digestOf(outer)] }
}

function digestOf(disclosure: Uint8Array): Uint8Array {
  return sha256(encodeCbor(disclosure))
}

async function withShortSignature(): Promise<Uint8Array> {
  const bytes = await liveBytes()
  const { signature } = decodeSign1(bytes, { tags: [18] })
  const start = bytes.length - signature.length - 2
  return concatBytes(bytes.slice(0, start), encodeCbor(signature.slice(0, 63)))
}

function okp(xHex: string): ReadonlyMap<number, number | Uint8Array> {
  return new Map<number, number | Uint8Array>([
    [1, 1],
    [-1, 6],
    [-2, fromHex(xHex)],
  ])
}

function badStatus(
  index: string | number,
): ReadonlyMap<string, ReadonlyMap<string, string | number>> {
  return new Map([
    [
      'status_list',
      new Map([
        ['idx', index],
        ['uri', 'https://s.onetrip.example/1'],
      ]),
    ],
  ])
}

function flipped(hex: string, from: string, to: string): string {
  if (!hex.includes(from)) throw new TypeError('nothing to alter')
  return hex.replace(from, to)
}
