/** The printing process: one licence at a time, a queue with an end, and nothing left behind by what failed. */
import { existsSync } from 'node:fs'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { samplePdfInput } from '../../../packages/issuer/samples/sample-licence-pdf.ts'
import { loadConfig } from '../config.ts'
import type { PrintOrder } from './print-order.ts'
import { createPrinter } from './printer.ts'

const fontPath = loadConfig({}).textFont
const printer = createPrinter()
afterAll(() => printer.close())

async function sample(): Promise<{ readonly order: PrintOrder; readonly code: string }> {
  const { code, font: _font, ...sheet } = await samplePdfInput(foodLicenceOfSample)
  const order = { ...sheet, fontPath, face: 'NotoSerifCJKsc-Regular' }
  return { order, code: await code() }
}

describe.skipIf(!existsSync(fontPath))('a licence', () => {
  test('is laid out after one whose code failed, and after one that has no room', async () => {
    const { order, code } = await sample()
    const failing = printer.layOut(order, () => Promise.reject(new Error('no signer')))
    await expect(failing).rejects.toThrow('no signer')
    const claims = { ...order.facts.claims, legalRepresentative: '陈\u{2e1ea}' }
    const missing = printer.layOut({ ...order, facts: { ...order.facts, claims } }, () =>
      expect.unreachable('a code was signed'),
    )
    await expect(missing).rejects.toMatchObject({ code: 'paper/glyph-missing' })
    const pdf = await printer.layOut(order, async () => code)
    expect(new TextDecoder('latin1').decode(pdf.subarray(0, 5))).toBe('%PDF-')
  })

  test('waits, and is refused behind eight', async () => {
    const { order, code } = await sample()
    // Those between the first and the eighth take no time when it is their turn.
    const quick = { ...order, fontPath: '/nowhere.ttc' }
    const all = [order, ...Array.from({ length: 6 }, () => quick), order, order, order]
    const answers = await Promise.allSettled(
      all.map((one) => printer.layOut(one, async () => code)),
    )
    const codes = answers.map((answer) =>
      answer.status === 'rejected' ? answer.reason.code : 'laid out',
    )
    const missing = Array.from({ length: 6 }, () => 'paper/font-missing')
    expect(codes).toEqual(['laid out', ...missing, 'laid out', 'paper/busy', 'paper/busy'])
  })

  test('whose signer hangs is given up after a minute, and the next one is laid out', async () => {
    const { order, code } = await sample()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const signing = Promise.withResolvers<void>()
      const hung = printer.layOut(order, () => {
        signing.resolve()
        return new Promise<string>(() => {})
      })
      const next = printer.layOut(order, async () => code)
      await signing.promise
      vi.advanceTimersByTime(60_000)
      await expect(hung).rejects.toThrow('a minute')
      await expect(next).resolves.toBeInstanceOf(Uint8Array)
    } finally {
      vi.useRealTimers()
    }
  })

  test('without its font is refused, and the process stays', async () => {
    const { order, code } = await sample()
    const lost = printer.layOut({ ...order, fontPath: '/nowhere.ttc' }, async () => code)
    await expect(lost).rejects.toMatchObject({ code: 'paper/font-missing' })
    await expect(printer.layOut(order, async () => code)).resolves.toBeInstanceOf(Uint8Array)
  })
})
