/** The desk's forms about seals: their lives, and their use on a file by two people. */
import { fault, fromBase64url } from '@onetrip/codec'
import { SAMPLE_LETTER_PDF } from '@onetrip/fixtures'
import type { Hono } from 'hono'
import * as v from 'valibot'
import type { AppContext, AppEnvironment } from '../http/app-context.ts'
import { assertMediaType, parseInput, readForm } from '../http/read-request.ts'
import { PDF_MEDIA_TYPE } from '../seals/request-use.ts'
import type { Services } from '../services.ts'
import type { DeskFiles } from './desk-files.ts'
import {
  type DeskRequest,
  decideAtDesk,
  fetchAtDesk,
  requestAtDesk,
  type SealedFile,
  stepAtDesk,
} from './desk-sealing.ts'
import { deskPicture } from './desk-seals.ts'

/** Where a file is brought; the only form that may be large. */
export const DESK_FILE_PATH = '/desk/uses'
const ID = v.pipe(v.string(), v.uuid())
const STEP = v.picklist(['suspend', 'resume'])
const DECISION = v.picklist(['approve', 'refuse'])
const TEXT = v.pipe(v.string(), v.trim(), v.maxLength(200))

/** Adds the routes below `/desk/seals` and `/desk/uses`. */
export function addSealRoutes(
  routes: Hono<AppEnvironment>,
  services: Services,
  files: DeskFiles,
): void {
  const idIn = (context: AppContext): string => parseInput(ID, context.req.param('id'))

  routes.get('/desk/seals/:id/picture', async (context) => {
    const { image, mediaType } = await deskPicture(services, idIn(context))
    const headers = { 'Content-Type': mediaType, 'Cache-Control': 'private, max-age=3600' }
    return context.body(new Uint8Array(fromBase64url(image)), 200, headers)
  })

  routes.get('/desk/sample-letter.pdf', () =>
    download({ name: 'letter.pdf', mediaType: PDF_MEDIA_TYPE, bytes: SAMPLE_LETTER_PDF }),
  )

  routes.post('/desk/seals/:id/step', async (context) => {
    const form = await readForm(context)
    const sealId = idIn(context)
    await stepAtDesk(services, sealId, parseInput(STEP, form.get('step')))
    return context.redirect(`/#seal-${sealId}`, 303)
  })

  routes.post(DESK_FILE_PATH, async (context) => {
    await requestAtDesk(services, files, await readRequest(context))
    return context.redirect('/#uses', 303)
  })

  routes.post('/desk/uses/:id/decision', async (context) => {
    const form = await readForm(context)
    await decideAtDesk(services, idIn(context), parseInput(DECISION, form.get('decision')))
    return context.redirect('/#uses', 303)
  })

  routes.post('/desk/uses/:id/file', async (context) =>
    download(await fetchAtDesk(services, files, idIn(context))),
  )
}

/** Throws `http/media-type`, `input/invalid`. */
async function readRequest(context: AppContext): Promise<DeskRequest> {
  assertMediaType(context, 'multipart/form-data')
  const form = await context.req.formData().catch(() => {
    throw fault('input/invalid')
  })
  const file = form.get('file')
  if (!(file instanceof File) || file.name === '') throw fault('input/invalid', 'at fault: file')
  return {
    sealId: parseInput(ID, form.get('seal')),
    purpose: parseInput(TEXT, form.get('purpose')),
    keyword: parseInput(TEXT, form.get('keyword')),
    file: { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) },
  }
}

function download({ name, mediaType, bytes }: SealedFile): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': mediaType,
      // RFC 8187, for names that are not of Latin letters.
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': 'no-store',
    },
  })
}
