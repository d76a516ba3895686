/** Looks at files that were laid in, one after the other, in a process of its own, which ends with the first that is too much for it. */
import * as v from 'valibot'
import { answerOrders } from '../answer-orders.ts'
import { inspectUpload } from './inspect-upload.ts'

const ORDER = v.object({
  bytes: v.instance(Uint8Array),
  mediaType: v.picklist(['application/pdf', 'image/jpeg', 'image/png']),
})

answerOrders((order) => {
  const { bytes, mediaType } = v.parse(ORDER, order)
  return inspectUpload(bytes, mediaType)
})
