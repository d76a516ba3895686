/**
 * What a seal maker states of a seal (印章), whatever the form: whose it is, what it looks like, which keys may use it
 * and until when (国办发〔2025〕33号). GB/T 38540-2020 §6 names the same parts of a seal.
 */
import { compareBytes, fault, type PublicKey } from '@onetrip/codec'
import { isPlainText, isUscc } from '@onetrip/credential'
import { isStatusUri, type StatusReference } from '@onetrip/status'

/** Codes of seal kinds in use with the public security organs, by which seals are registered. */
export const SEAL_KINDS = {
  '01': 'legalName',
  '02': 'finance',
  '03': 'invoice',
  '04': 'contract',
  '05': 'representative',
  '99': 'other',
} as const

/** 01 法定名称章, 02 财务专用章, 03 发票专用章, 04 合同专用章, 05 法定代表人名章, 99 其他. */
export type SealKind = keyof typeof SEAL_KINDS

/** The forms that a seal's image may have. */
export const IMAGE_MEDIA_TYPES = ['image/svg+xml', 'image/png'] as const

/** `image/svg+xml` or `image/png`. */
export type ImageMediaType = (typeof IMAGE_MEDIA_TYPES)[number]

/** The image of a seal, named by its digest. */
export interface SealImage {
  /** SHA-256 of the image's bytes. */
  readonly sha256: Uint8Array
  readonly mediaType: ImageMediaType
  /** Whole millimetres, 10 to 60. */
  readonly widthMm: number
  readonly heightMm: number
}

/** The organisation that a seal speaks for. */
export interface SealOwner {
  /** 1 to 60 characters of plain text. */
  readonly name: string
  /** Unified social credit code, 18 characters. */
  readonly uscc: string
}

/** What a seal states. */
export interface SealFacts {
  /** Unified social credit code of the seal maker. */
  readonly maker: string
  /** 14 digits. */
  readonly id: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Unix seconds, inclusive. */
  readonly validFrom: number
  /** Unix seconds, inclusive. */
  readonly validTo: number
  /** 1 to 60 characters of plain text, such as 虚构市云栖区市场监督管理局电子证照专用章. */
  readonly name: string
  readonly kind: SealKind
  readonly owner: SealOwner
  readonly image: SealImage
  /** 1 to 8 of Ed25519 or P-256, ascending by `kid`, each once. */
  readonly keys: readonly PublicKey[]
  /** Its entry in the maker's status list. */
  readonly status: StatusReference
}

/** Most keys of a seal. */
export const MAX_SEAL_KEYS = 8

/** Length of a SHA-256. */
export const DIGEST_BYTES = 32

const MAX_NAME_CHARACTERS = 60
const SIDE_MM = { least: 10, most: 60 } as const
/** Six digits of a GB/T 2260 area, whose first says the region of the country (1 to 8), and eight of a number. */
const SEAL_ID = /^[1-8]\d{13}$/

/** Whether a text is a seal's identifier (印章编码): 6 digits of an area (GB/T 2260) and 8 of a number. */
export function isSealId(text: string): boolean {
  return SEAL_ID.test(text)
}

/** Whether a text is the code of a seal's kind. */
export function isSealKind(text: string): text is SealKind {
  return Object.hasOwn(SEAL_KINDS, text)
}

/** Whether a text may name a seal or its owner: 1 to 60 characters of plain text, no space at either end. */
export function isSealName(text: string): boolean {
  const length = Array.from(text).length
  return length > 0 && length <= MAX_NAME_CHARACTERS && isPlainText(text) && text.trim() === text
}

/** Puts the keys of a seal in their one order. */
export function orderKeys(keys: readonly PublicKey[]): readonly PublicKey[] {
  return keys.toSorted((a, b) => compareBytes(a.kid, b.kid))
}

/** A seal's kind. Throws `seal/format`. */
export function parseSealKind(text: string): SealKind {
  if (!isSealKind(text)) throw fault('seal/format')
  return text
}

/** An image's media type. Throws `seal/format`. */
export function parseImageMediaType(text: string): ImageMediaType {
  const mediaType = IMAGE_MEDIA_TYPES.find((known) => known === text)
  if (mediaType === undefined) throw fault('seal/format')
  return mediaType
}

/** Whether a seal maker may state this, in these ranges and lengths. */
export function areSealFacts(facts: SealFacts): boolean {
  const { maker, id, issuedAt, validFrom, validTo, name, owner, keys, status } = facts
  const times = [issuedAt, validFrom, validTo]
  return (
    isUscc(maker) &&
    isSealId(id) &&
    times.every((time) => Number.isSafeInteger(time) && time >= 0) &&
    validFrom < validTo &&
    issuedAt < validTo &&
    isSealName(name) &&
    isSealName(owner.name) &&
    isUscc(owner.uscc) &&
    isSealImage(facts.image) &&
    areSealKeys(keys) &&
    isStatusUri(status.uri) &&
    Number.isSafeInteger(status.index) &&
    status.index >= 0
  )
}

function isSealImage({ sha256, widthMm, heightMm }: SealImage): boolean {
  const isSide = (side: number): boolean =>
    Number.isSafeInteger(side) && side >= SIDE_MM.least && side <= SIDE_MM.most
  return sha256.length === DIGEST_BYTES && isSide(widthMm) && isSide(heightMm)
}

/** Strictly ascending, so that a `kid` names one key. */
function areSealKeys(keys: readonly PublicKey[]): boolean {
  const isOrdered = keys.every((key, index) => {
    const before = keys[index - 1]
    return before === undefined || compareBytes(before.kid, key.kid) < 0
  })
  const isAllowed = keys.every(({ algorithm }) => algorithm !== 'ES384')
  return keys.length > 0 && keys.length <= MAX_SEAL_KEYS && isOrdered && isAllowed
}
