/** What a PDF may have at most; each limit stands before the work that it bounds. */

/** Bytes of a file. */
export const MAX_PDF_BYTES: number = 64 * 2 ** 20

/** Nesting of arrays and dictionaries in one object; nodes on the way to a page or a field. */
export const MAX_DEPTH = 32

/** Numbered objects of a file. */
export const MAX_OBJECTS = 300_000

/** Entries of all cross-reference sections: a deflated one can list many in few bytes. */
export const MAX_XREF_ENTRIES = 600_000

/** Values that are read in one file, inner ones included, and what a dictionary counts among them: its memory. */
export const MAX_VALUES = 8_000_000
export const DICT_WEIGHT = 8

/** Bytes of one string, which in a page or a catalog stands for a text. */
export const MAX_STRING_BYTES = 65_536

/** Bytes of a name (ISO 32000-1 annex C). */
export const MAX_NAME_BYTES = 127

/** Characters of a number, and its digits before the point. */
export const MAX_NUMBER_CHARACTERS = 40
export const MAX_INTEGER_DIGITS = 15

/** Cross-reference sections, each of which is a revision. */
export const MAX_SECTIONS = 128

/** Pages, and nodes of their tree. */
export const MAX_PAGE_NODES = 100_000

/** Form fields, or embedded files. */
export const MAX_ENTRIES = 10_000

/** Bytes of a comment between objects. */
export const MAX_COMMENT_BYTES = 1024

/** Updates that look like a seal's: each is made again. */
export const MAX_SEALS = 16

/** Bytes that one compressed stream of objects or cross-references may give. */
export const MAX_INFLATED_BYTES: number = 8 * 2 ** 20

/** Bytes that all of them may give. */
export const MAX_INFLATED_TOTAL: number = 64 * 2 ** 20
