/** stub */
import { Hono } from 'hono'
import type { AppEnvironment } from '../http/app-context.ts'
import type { Services } from '../services.ts'

/** stub */
export function deskRoutes(_services: Services): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>()
}
