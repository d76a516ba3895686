/** Member names that reach into JavaScript's own machinery once someone copies or merges an object. */

/** Says whether a decoded map or object may not have this name as a key: case CB09, JW13. */
export function isForbiddenName(name: string): boolean {
  return name === '__proto__' || name === 'constructor' || name === 'prototype'
}
