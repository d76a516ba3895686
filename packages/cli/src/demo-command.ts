/** `onetrip demo`: what `onetrip serve` does, with the sample agencies and people seeded before. */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig, openServices, seedDemo, seedSeals, seedStaff } from '@onetrip/server'
import { readArguments } from './command-spec.ts'
import { accountLines } from './demo-accounts.ts'
import { demoApiKey } from './demo-api-key.ts'
import { addresses, serve } from './serve-command.ts'
import { demoSpec } from './specs/demo.ts'
import type { CommandContext } from './usage.ts'

const NO_SEALS = `  没有印章：画印章的字体未安装 · No seals: the font to draw them in is missing (apt-get install fonts-noto-cjk)
`

/** Seeds and serves; the demo's API key is printed, for trying the API by hand. The log goes to a file. */
export async function runDemo(context: CommandContext): Promise<number> {
  readArguments(demoSpec, context.args)
  const config = loadConfig(context.environment)
  const logFile = join(config.dataDir, 'server.log')
  const services = await openServices({
    config,
    writeLog: (line) => appendFileSync(logFile, `${line}\n`),
  })
  await seedDemo(services)
  const hasSeals = await seedSeals(services)
  const staff = accountLines(await seedStaff(services))
  const welcome = `${addresses(config)}
  人物、单位与号码均为虚构 · everybody in it is invented.
  先到发证窗口打开一个领取链接 · Start at 1: open an offer. Ctrl-C stops.
${hasSeals ? '' : NO_SEALS}  日志 log: ${logFile}

  API key of a demo system (${config.apiOrigin}/openapi.json):
     ${await demoApiKey(services)}
${staff.length === 0 ? '' : accounts(config.apiOrigin, staff)}`
  return serve(context, { config, services, welcome })
}

function accounts(apiOrigin: string, lines: readonly string[]): string {
  return `
  工作人员 · Staff, without passwords (${apiOrigin}/staff/sign-in):
${lines.map((line) => `     ${line}`).join('\n')}
`
}
