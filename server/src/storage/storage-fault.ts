/**
 * Why the database refused: a unique column already has the value; the medium fails, or is not there; or, before anything ran,
 * another process is writing.
 */
export type StorageFault = 'unique' | 'medium' | 'busy'
