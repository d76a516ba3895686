/** How much may be laid in with a case, and what is found of a file. */

/** Largest file in bytes. */
export const MAX_UPLOAD_BYTES: number = 20 * 2 ** 20
/** Files of a case that count. */
export const MAX_UPLOADS = 40
/** All files of a case, those that others took the place of too, in bytes. */
export const MAX_CASE_BYTES: number = 200 * 2 ** 20
/** Pages of a PDF. */
export const MAX_UPLOAD_PAGES = 500

/** Kinds of files that offices take, by how they begin. */
export const UPLOAD_TYPES = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
} as const

/** One of {@link UPLOAD_TYPES}. */
export type UploadType = keyof typeof UPLOAD_TYPES

/** What was found. */
export type UploadFinding = 'clean' | 'active-content' | 'unreadable'
