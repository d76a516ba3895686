/** The HTTP face of a witness: `POST /add-checkpoint`, and `GET /HASH/checkpoint`, what it cosigned last of a log, for monitors. */
import { MAX_ADD_CHECKPOINT_BYTES } from '@onetrip/log'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Witness, WitnessReply } from './witness.ts'

/** Makes the app; `onReply` is told of each answer to a request for a cosignature. */
export function createWitnessApp(witness: Witness, onReply: (reply: WitnessReply) => void): Hono {
  const app = new Hono()
  const limit = bodyLimit({
    maxSize: MAX_ADD_CHECKPOINT_BYTES,
    onError: (context) => context.text('too large\n', 413),
  })
  app.post('/add-checkpoint', limit, async (context) => {
    const reply = await witness.addCheckpoint(new Uint8Array(await context.req.arrayBuffer()))
    onReply(reply)
    return context.body(reply.body, reply.status, { 'Content-Type': reply.mediaType })
  })
  app.get('/:hash{[0-9a-f]{64}}/checkpoint', (context) => {
    const note = witness.latestNote(context.req.param('hash'))
    if (note === undefined) return context.text('unknown log\n', 404)
    return context.body(note, 200, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-cache',
    })
  })
  app.notFound((context) => context.text('not found\n', 404))
  app.onError((_error, context) => context.text('internal error\n', 500))
  return app
}
