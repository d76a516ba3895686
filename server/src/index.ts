/** The server: issuing, status, OpenID4VCI, trust data and the demo desk, on Hono and SQLite. */
export {
  type Actor,
  type ApiKeyRequest,
  createApiKey,
  type Role,
} from './actors/api-keys.ts'
export { createApp } from './app.ts'
export { type Config, ConfigError, loadConfig } from './config.ts'
export { seedDemo } from './seed.ts'
export { type OpenOptions, openServices, type Services, trustRootJwk } from './services.ts'
