/** `pnpm bench`: what the product's own work costs, each figure a ratio to the raw cost in the same run. */
import { benchIssue } from './issue-bench.ts'
import type { BenchResult } from './measure.ts'
import { benchFirstScan, benchTimeToVerdict } from './scan-bench.ts'
import { benchStatus } from './status-bench.ts'
import { benchTuf } from './tuf-bench.ts'
import { benchVerify } from './verify-bench.ts'

for (const bench of [benchVerify, benchIssue, benchTuf, benchTimeToVerdict]) print(await bench())
for (const result of await benchStatus()) print(result)
for (const { version, frames, plain, withSecondTry } of await benchFirstScan()) {
  console.log(
    `first scan, moderate frames, ${version}: ${withSecondTry} of ${frames} ` +
      `(one plain decode: ${plain} of ${frames}; aim: all)`,
  )
}

function print({ name, aim, microseconds, rawMicroseconds }: BenchResult): void {
  const ratio = (microseconds / rawMicroseconds).toPrecision(3)
  console.log(
    `${name}: ${ratio} x raw (aim <= ${aim.toPrecision(3)}; ` +
      `${microseconds.toFixed(0)} us against ${rawMicroseconds.toFixed(0)} us)`,
  )
}
