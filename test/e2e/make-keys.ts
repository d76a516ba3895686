/** A process beside a demo: makes API keys in its data, one for each order in its argument, and prints them as JSON. */
import { createApiKey, loadConfig, openServices } from '@onetrip/server'

type Order = Parameters<typeof createApiKey>[1]

const orders: readonly Order[] = JSON.parse(process.argv[2] ?? '[]')
const services = await openServices({ config: loadConfig(process.env) })
try {
  const keys: string[] = []
  for (const order of orders) keys.push(await createApiKey(services, order))
  console.log(JSON.stringify(keys))
} finally {
  await services.close()
}
