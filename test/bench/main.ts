/** `pnpm bench`: what the product's own work costs, each figure a ratio to the raw cost in the same run. */
import { benchFaces } from './face-bench.ts'
import { benchIssue } from './issue-bench.ts'
import type { BenchResult } from './measure.ts'
import { benchFirstScan, benchTimeToVerdict } from './scan-bench.ts'
import { benchStatus } from './status-bench.ts'
import { benchVerify } from './verify-bench.ts'

for (const bench of [benchVerify, benchIssue, benchTimeToVerdict]) print(await bench())
for (const result of await benchStatus()) print(result)
for (const { version, frames, plain, withSecondTry } of await benchFirstScan()) {
  console.log(
    `first scan, moderate frames, ${version}: ${withSecondTry} of ${frames} ` +
      `(one plain decode: ${plain} of ${frames}; aim: all)`,
  )
}
const faces = await benchFaces()
console.log(
  `offline start to the code on the screen, processor slowed 4 times: ` +
    `${faces.startMilliseconds.toFixed(0)} ms (aim <= 1000), ` +
    `${(faces.startMilliseconds / faces.rawMilliseconds).toPrecision(3)} x a small precached file`,
)
console.log(
  `counter's heap after 1000 scans: ${(faces.heapAtThousand / faces.heapAtHundred).toPrecision(3)} ` +
    `x that after 100 (aim <= 1.1; ${faces.heapAtThousand} bytes against ${faces.heapAtHundred})`,
)

function print({ name, aim, microseconds, rawMicroseconds }: BenchResult): void {
  const ratio = (microseconds / rawMicroseconds).toPrecision(3)
  console.log(
    `${name}: ${ratio} x raw (aim <= ${aim.toPrecision(3)}; ` +
      `${microseconds.toFixed(0)} us against ${rawMicroseconds.toFixed(0)} us)`,
  )
}
