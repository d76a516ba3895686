/** Work that two windows of one wallet must not do at the same time (Web Locks API §2). */

/** Does the work once no other window does work of that name; at once in a browser without locks. */
export function oneWindow<T>(name: string, work: () => Promise<T>): Promise<T> {
  return navigator.locks === undefined ? work() : navigator.locks.request(`onetrip-${name}`, work)
}
