/** Times for people and machines alike. */

/** Unix seconds as `2026-03-01T09:10:00Z`. */
export function utc(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}
