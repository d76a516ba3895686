/** `pnpm bench`: what the product's own work costs, each figure a ratio to the raw cost in the same run. */
import { benchIssue } from './issue-bench.ts'
import { benchVerify } from './verify-bench.ts'

for (const bench of [benchVerify, benchIssue]) {
  const result = await bench()
  const ratio = result.microseconds / result.rawMicroseconds
  console.log(
    `${result.name}: ${ratio.toFixed(2)} x raw (aim <= ${result.aim}; ` +
      `${result.microseconds.toFixed(0)} us against ${result.rawMicroseconds.toFixed(0)} us)`,
  )
}
