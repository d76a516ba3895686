/** `pnpm size`: what a face loads at its first start, gzip bytes, against its budget. */
import { FACES, measureFaces } from './measure-faces.ts'

let isOver = false
for (const { face, scripts, budget } of await measureFaces(FACES)) {
  const total = scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0)
  isOver ||= total > budget
  console.log(`${face}: ${total} bytes gzip of JavaScript at first load (budget ${budget})`)
  for (const { name, gzipBytes } of scripts) console.log(`  ${name} ${gzipBytes}`)
}
if (isOver) process.exitCode = 1
