/** Lays licences out, one after the other, in a process of its own: a page takes longer than a server may stand still. */
import { readFile } from 'node:fs/promises'
import { Fault, fault } from '@onetrip/codec'
import { layOutLicencePdf } from '@onetrip/issuer'
import * as v from 'valibot'
import { answerOrders } from '../answer-orders.ts'
import { PRINT_REQUEST, type PrintAnswer, type PrintOrder } from './print-order.ts'

/** Fonts that were read, by path. */
const fonts = new Map<string, Uint8Array>()
let giveCode: ((code: string) => void) | undefined
let tell: ((answer: PrintAnswer) => void) | undefined

answerOrders((order) => {
  const request = v.parse(PRINT_REQUEST, order)
  const answered = new Promise<PrintAnswer>((done) => {
    tell = done
  })
  if (request.kind === 'order') void layOut(request.order)
  else giveCode?.(request.code)
  return answered
})

async function layOut({ fontPath, face, ...input }: PrintOrder): Promise<void> {
  try {
    const font = { bytes: await readFont(fontPath), face }
    const pdf = await layOutLicencePdf({ ...input, font, code: askForCode })
    tell?.({ kind: 'file', pdf })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    tell?.({ kind: 'refused', code: error.code })
  }
}

function askForCode(): Promise<string> {
  const given = new Promise<string>((done) => {
    giveCode = done
  })
  tell?.({ kind: 'fits' })
  return given
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
