/** Lays licences out, one after the other, in a thread of its own: a page takes longer than a server may stand still. */
import { readFile } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import { Fault, fault } from '@onetrip/codec'
import { layOutLicencePdf } from '@onetrip/issuer'
import type { PrintAnswer, PrintOrder, PrintRequest } from './print-order.ts'

/** Fonts that were read, by path. */
const fonts = new Map<string, Uint8Array>()
let giveCode: ((code: string) => void) | undefined

parentPort?.on('message', (request: PrintRequest) => {
  if (request.kind === 'order') void layOut(request.order)
  else giveCode?.(request.code)
})

async function layOut({ fontPath, face, ...input }: PrintOrder): Promise<void> {
  try {
    const font = { bytes: await readFont(fontPath), face }
    tell({ kind: 'file', pdf: await layOutLicencePdf({ ...input, font, code: askForCode }) })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    tell({ kind: 'refused', code: error.code })
  }
}

function askForCode(): Promise<string> {
  const given = new Promise<string>((done) => {
    giveCode = done
  })
  tell({ kind: 'fits' })
  return given
}

function tell(answer: PrintAnswer): void {
  parentPort?.postMessage(answer)
}

async function readFont(path: string): Promise<Uint8Array> {
  const known = fonts.get(path)
  if (known !== undefined) return known
  const bytes = await readFile(path).catch(() => {
    throw fault('paper/font-missing')
  })
  fonts.set(path, bytes)
  return bytes
}
