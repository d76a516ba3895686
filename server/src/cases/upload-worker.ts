/** Looks at a file that was laid in, in a thread of its own: what is hostile in it ends with the thread. */
import { parentPort, workerData } from 'node:worker_threads'
import * as v from 'valibot'
import { inspectUpload } from './inspect-upload.ts'

const ORDER = v.object({
  bytes: v.instance(Uint8Array),
  mediaType: v.picklist(['application/pdf', 'image/jpeg', 'image/png']),
})

const { bytes, mediaType } = v.parse(ORDER, workerData)
parentPort?.postMessage(await inspectUpload(bytes, mediaType))
