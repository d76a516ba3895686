/**
 * `pnpm bench [PART…]`: what the product's own work costs, each figure a ratio to the raw cost in the same run; all parts
 * unless some are named.
 */
import process from 'node:process'
import { benchAnswers } from './answer-bench.ts'
import { benchBatch } from './batch-bench.ts'
import { benchFaces } from './face-bench.ts'
import { benchFrames } from './frame-bench.ts'
import { benchHsm } from './hsm-bench.ts'
import { benchIssue } from './issue-bench.ts'
import { benchLog, proofSizes } from './log-bench.ts'
import type { BenchResult } from './measure.ts'
import { benchPack } from './pack-bench.ts'
import { benchFirstScan, benchTimeToVerdict } from './scan-bench.ts'
import { benchSeals } from './seal-bench.ts'
import { benchStatus } from './status-bench.ts'
import { benchTuf } from './tuf-bench.ts'
import { benchVerify } from './verify-bench.ts'

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  verify: async () => {
    for (const result of await benchVerify()) print(result)
  },
  answer: async () => {
    for (const result of await benchAnswers()) print(result)
  },
  issue: async () => print(await benchIssue()),
  batch: async () => {
    for (const result of await benchBatch()) print(result)
  },
  verdict: async () => print(await benchTimeToVerdict()),
  tuf: async () => print(await benchTuf()),
  status: async () => {
    for (const result of await benchStatus()) print(result)
  },
  frames: async () => {
    for (const result of await benchFrames()) print(result)
  },
  seal: async () => {
    for (const result of await benchSeals()) print(result)
  },
  hsm: async () => {
    for (const result of await benchHsm()) print(result)
  },
  log: runLog,
  pack: runPack,
  scan: runFirstScan,
  faces: runFaces,
}

const chosen = process.argv.slice(2)
const unknown = chosen.find((name) => !Object.hasOwn(PARTS, name))
if (unknown === undefined) {
  for (const [name, run] of Object.entries(PARTS)) {
    if (chosen.length === 0 || chosen.includes(name)) await run()
  }
} else {
  console.error(`no such part: ${unknown}; there are ${Object.keys(PARTS).join(', ')}`)
  process.exitCode = 64
}

async function runFirstScan(): Promise<void> {
  for (const { version, frames, plain, withSecondTry } of await benchFirstScan()) {
    console.log(
      `first scan, moderate frames, ${version}: ${withSecondTry} of ${frames} ` +
        `(one plain decode: ${plain} of ${frames}; aim: all)`,
    )
  }
}

async function runLog(): Promise<void> {
  for (const { entries, hashes, receiptBytes, fileBytes } of await proofSizes()) {
    console.log(
      `proof of an entry of ${entries}: ${hashes} hashes, ` +
        `COSE receipt ${receiptBytes} bytes, proof file ${fileBytes} bytes`,
    )
  }
  for (const result of await benchLog()) print(result)
}

async function runPack(): Promise<void> {
  const { packBytes, importMilliseconds, rawMilliseconds } = await benchPack()
  console.log(
    `import of a pack of 1000 agencies and 10 M entries in Chromium (${packBytes} bytes): ` +
      `${importMilliseconds.toFixed(0)} ms (aim <= 3000), ` +
      `${(importMilliseconds / rawMilliseconds).toPrecision(3)} x its hashes`,
  )
}

async function runFaces(): Promise<void> {
  const faces = await benchFaces()
  console.log(
    `offline start to the code on the screen, processor slowed 4 times: ` +
      `${faces.startMilliseconds.toFixed(0)} ms (aim <= 1000), ` +
      `${(faces.startMilliseconds / faces.rawMilliseconds).toPrecision(3)} x a small precached file`,
  )
  const { heapBefore, heapAfter, heapWithoutList } = faces
  const { residentBefore, residentAfter } = faces
  console.log(
    `counter's heap after 1000 more scans, its list of them erased: ${(heapWithoutList / heapBefore).toPrecision(3)} ` +
      `x that before (aim <= 1.1; ${heapWithoutList} bytes against ${heapBefore}; ` +
      `with the list ${heapAfter})`,
  )
  console.log(
    `its processes, code reader and wasm included: ${(residentAfter / residentBefore).toPrecision(3)} ` +
      `x (aim <= 1.1; ${residentAfter} bytes against ${residentBefore})`,
  )
}

function print({ name, aim, microseconds, rawMicroseconds }: BenchResult): void {
  const ratio = (microseconds / rawMicroseconds).toPrecision(3)
  console.log(
    `${name}: ${ratio} x raw (aim <= ${aim.toPrecision(3)}; ` +
      `${microseconds.toFixed(0)} us against ${rawMicroseconds.toFixed(0)} us)`,
  )
}
