/** Scripts that a page runs before its own: what hangs, is refused or waits there. */

/** No database ever opens. */
export function storageThatHangs(): void {
  const open = IDBFactory.prototype.open
  IDBFactory.prototype.open = function hang(...named) {
    const request = open.apply(this, named)
    Object.defineProperty(request, 'onsuccess', { set: () => undefined })
    request.addEventListener = () => undefined
    return request
  }
}

/** Every database is refused. */
export function storageThatFails(): void {
  IDBFactory.prototype.open = () => {
    throw new DOMException('refused', 'SecurityError')
  }
}

/** The person does not allow the camera. */
export function cameraThatIsRefused(): void {
  Object.defineProperty(navigator.mediaDevices, 'getUserMedia', {
    value: () => Promise.reject(new DOMException('refused', 'NotAllowedError')),
  })
}

/** As the browser has it when a new version is installed and waits. */
export function versionThatWaits(): void {
  const workers = navigator.serviceWorker
  Object.defineProperty(workers, 'controller', { get: () => ({}) })
  const register = workers.register.bind(workers)
  workers.register = async (url, options) => {
    const registration = await register(url, options)
    const waiting = { postMessage: () => undefined }
    Object.defineProperty(registration, 'waiting', { get: () => waiting })
    return registration
  }
}
