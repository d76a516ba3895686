/** For tests: a second server process on a data directory; prints its port (one of its own unless it is given), ends with its standard input. */
import { loadConfig } from '../src/config.ts'
import { openServices } from '../src/services.ts'
import { startServer } from '../src/start-server.ts'
import { testEnvironment } from './test-database.ts'

const folder = process.argv[2] ?? ''
const port = Number(process.argv[3] ?? 0)
const config = loadConfig(await testEnvironment(folder))
const services = await openServices({ config: { ...config, port }, writeLog: () => undefined })
const server = await startServer({ services })
process.stdout.write(`${server.port}\n`)
process.stdin.on('end', () => void server.close()).resume()
