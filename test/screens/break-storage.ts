/** Runs in the page: from here on these methods of `IDBObjectStore` fail, as on a disk that is full or broken. */
export function breakStorage(
  methods: readonly ('clear' | 'getAll' | 'getAllKeys' | 'put')[],
): void {
  for (const method of methods) {
    IDBObjectStore.prototype[method] = () => {
      throw new DOMException('refused', 'QuotaExceededError')
    }
  }
}
