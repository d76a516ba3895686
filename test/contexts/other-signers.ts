/** What is said of statements that bear another `typ`, or that somebody else signed (threat T22). */
import type { Signer } from '@onetrip/codec'
import { JOSE_TYP, TYP } from '@onetrip/credential'
import { SEAL_JOSE_TYP, SEAL_TYP } from '@onetrip/seal'
import { LIST_TYPE } from '@onetrip/status'
import { signers } from '../vectors/vector-cast.ts'
import {
  KEEPERS,
  MAKER_STATUS,
  MAKERS,
  OFFICE_ASK,
  OFFICE_ENROL,
  ONLINE,
  TARGETS,
} from './contexts-cast.ts'
import { DEVICE, type SignedName } from './signed-statements.ts'

/** An entry point that takes one `typ`, and what it says of any other statement that bears it. */
export interface TypedEntry {
  readonly typ: string | number
  readonly entry: string
  readonly says: string
  /** Of those with another statement in their header, which is a tag. */
  readonly ofShown?: string
  /** Of single ones. */
  readonly but?: Readonly<Record<string, string>>
}

const NESTED = 'cbor/tag-not-allowed'
/** What an impression signs is a digest, which is no CBOR. */
const DIGEST = { 'impression, COSE': 'cbor/trailing-bytes' } as const

/** Every one of them. */
export const TYPED_ENTRIES: readonly TypedEntry[] = [
  { typ: TYP.sdCwt, entry: 'verify what was received', says: 'credential/format', but: DIGEST },
  {
    typ: TYP.sdCwt,
    entry: 'the credential in a live code',
    says: 'credential/format',
    ofShown: NESTED,
    but: DIGEST,
  },
  {
    typ: TYP.kbCwt,
    entry: 'verify',
    says: 'key-binding/format',
    // What a delegate signs with their own licence they may show; of delegations nothing is said.
    but: { 'SD-CWT, of a delegate': 'accepted' },
  },
  {
    typ: TYP.delegatedAnswer,
    entry: 'verify an answer',
    says: 'key-binding/format',
    ofShown: 'answer/format',
    but: { 'counter request': 'key-binding/format', 'counter receipt': 'key-binding/format' },
  },
  { typ: TYP.paper, entry: 'verify', says: 'credential/format', but: DIGEST },
  {
    typ: TYP.counter,
    entry: 'open a counter certificate',
    says: 'counter/format',
    ofShown: NESTED,
  },
  { typ: TYP.counter, entry: 'the certificate in a request', says: 'counter/format' },
  ...[
    {
      typ: TYP.request,
      entry: 'verify a request',
      says: 'request/format',
      ofShown: 'counter/wrong-type',
      but: { 'counter receipt': 'request/format' },
    },
    {
      typ: TYP.receipt,
      entry: 'verify a receipt',
      says: 'receipt/format',
      ofShown: 'counter/wrong-type',
      but: { 'counter request': 'receipt/format' },
    },
  ],
  ...['verify a seal', 'the seal in a .seal'].map((entry) => ({
    typ: SEAL_TYP.seal,
    entry,
    says: 'seal/format',
    ofShown: NESTED,
  })),
  ...['read an impression', 'the impression in a .seal'].map((entry) => ({
    typ: SEAL_TYP.impression,
    entry,
    says: 'seal/format',
    ofShown: NESTED,
  })),
  {
    typ: SEAL_TYP.register,
    entry: 'open a seal register',
    says: 'seal/format',
    ofShown: NESTED,
  },
  {
    typ: LIST_TYPE.cwt,
    entry: 'open a status list',
    says: 'status/format',
    ofShown: NESTED,
    but: { ...DIGEST, 'SD-CWT': 'cbor/key-not-allowed' },
  },
  {
    typ: JOSE_TYP.sdJwt,
    entry: 'an SD-JWT VC before its disclosures',
    says: 'credential/format',
  },
  {
    typ: JOSE_TYP.keyBinding,
    entry: 'the key binding of an SD-JWT VC',
    says: 'key-binding/format',
  },
  { typ: JOSE_TYP.counterProof, entry: 'ask to be a counter', says: 'enrolment/proof' },
  { typ: JOSE_TYP.counterProof, entry: 'collect a certificate', says: 'enrolment/proof' },
  {
    typ: 'openid4vci-proof+jwt',
    entry: 'ask for a credential',
    says: 'openid/proof',
    // Only `typ` tells the two apart; its nonce was used under its own.
    but: { 'withdrawal proof': 'openid/nonce' },
  },
  {
    typ: JOSE_TYP.withdrawal,
    entry: 'take a copy back',
    says: 'openid/proof',
    but: { 'credential proof': 'openid/nonce' },
  },
  ...['verify a seal', 'the JWS of the seal in a .seal'].map((entry) => ({
    typ: SEAL_JOSE_TYP.seal,
    entry,
    says: 'seal/format',
  })),
  ...['read an impression', 'the JWS of the impression in a .seal'].map((entry) => ({
    typ: SEAL_JOSE_TYP.impression,
    entry,
    says: 'seal/format',
  })),
  { typ: LIST_TYPE.jwt, entry: 'open a status list', says: 'status/format' },
]

type Use =
  | 'licences of an agency'
  | 'licences of another agency'
  | 'status lists of an agency'
  | 'seals of a maker'
  | 'status lists of a maker'
  | 'a seal'
  | 'counters of an office'
  | 'a counter'
  | 'requests of an office'
  | 'a holder'
  | 'a holder, in JSON'
  | 'a delegate'
  | 'root metadata'
  | 'targets metadata'
  | 'online metadata'
  | 'nothing'

/** Everybody's keys, each for one use. */
export const KEYS: readonly { readonly use: Use; readonly signer: Signer }[] = [
  { use: 'licences of an agency', signer: signers.market },
  { use: 'licences of an agency', signer: signers.marketJws },
  { use: 'licences of another agency', signer: signers.police },
  { use: 'licences of another agency', signer: signers.policeJws },
  { use: 'status lists of an agency', signer: signers.marketStatus },
  { use: 'seals of a maker', signer: MAKERS.cose },
  { use: 'seals of a maker', signer: MAKERS.jws },
  { use: 'status lists of a maker', signer: MAKER_STATUS },
  { use: 'a seal', signer: KEEPERS.cose },
  { use: 'a seal', signer: KEEPERS.jws },
  { use: 'counters of an office', signer: OFFICE_ENROL },
  { use: 'requests of an office', signer: OFFICE_ASK },
  { use: 'a counter', signer: DEVICE },
  { use: 'a holder', signer: signers.holder },
  { use: 'a holder, in JSON', signer: signers.holderJws },
  { use: 'root metadata', signer: signers.root },
  { use: 'targets metadata', signer: TARGETS },
  { use: 'online metadata', signer: ONLINE },
  { use: 'a delegate', signer: signers.stranger },
  { use: 'nothing', signer: signers.strangerJws },
]

/** A statement, whose keys count for it at an entry point, and what is said under any other. */
export interface KeyedEntry {
  readonly name: SignedName
  readonly entry: string
  readonly uses: readonly Use[]
  readonly says: string
}

const SHOWN = { entry: 'verify', says: 'key-binding/signature' } as const
const BY_DEVICE = { uses: ['a counter'], says: 'signature/invalid' } as const
const LISTS = ['status lists of an agency', 'status lists of a maker'] as const
const AGENCY = ['licences of an agency'] as const

/** Every statement whose key is looked up. */
export const KEYED_ENTRIES: readonly KeyedEntry[] = [
  { name: 'SD-CWT', entry: 'verify what was received', uses: AGENCY, says: 'key/unknown' },
  { name: 'SD-JWT VC', entry: 'verify what was received', uses: AGENCY, says: 'key/unknown' },
  { name: 'paper code', entry: 'verify', uses: AGENCY, says: 'key/unknown' },
  { name: 'SD-CWT, live', uses: ['a holder'], ...SHOWN },
  { name: 'SD-CWT, requested', uses: ['a holder'], ...SHOWN },
  { name: 'SD-CWT, copy', uses: ['a holder'], ...SHOWN },
  {
    name: 'SD-CWT, of a delegate',
    entry: 'verify an answer',
    uses: ['a delegate'],
    says: 'key-binding/signature',
  },
  { name: 'SD-JWT VC, live', uses: ['a holder, in JSON'], ...SHOWN },
  { name: 'status list, CWT', entry: 'open a status list', uses: LISTS, says: 'key/unknown' },
  { name: 'status list, JWT', entry: 'open a status list', uses: LISTS, says: 'key/unknown' },
  {
    name: 'seal register',
    entry: 'open a seal register',
    uses: ['status lists of a maker'],
    says: 'key/unknown',
  },
  {
    name: 'counter certificate',
    entry: 'open a counter certificate',
    uses: ['counters of an office'],
    says: 'key/unknown',
  },
  { name: 'counter request', entry: 'verify a request', ...BY_DEVICE },
  { name: 'counter receipt', entry: 'verify a receipt', ...BY_DEVICE },
  { name: 'seal, COSE', entry: 'verify a seal', uses: ['seals of a maker'], says: 'key/unknown' },
  { name: 'seal, JWS', entry: 'verify a seal', uses: ['seals of a maker'], says: 'key/unknown' },
  {
    name: 'impression, COSE',
    entry: 'the impression in a .seal',
    uses: ['a seal'],
    says: 'seal/key-not-listed',
  },
  {
    name: 'impression, JWS',
    entry: 'the JWS of the impression in a .seal',
    uses: ['a seal'],
    says: 'seal/key-not-listed',
  },
]
