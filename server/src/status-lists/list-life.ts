/** How long a status list is good for: its readers, and the keys that sign it, go by it. */

/** How long a reader may keep a list. */
export const STATUS_TTL_SECONDS = 300
/** A list counts for nothing afterwards. */
export const STATUS_LIFE_SECONDS: number = 45 * 86_400
