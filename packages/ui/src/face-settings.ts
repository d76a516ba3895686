/** What a face is built with: where the API is, from which root its trust starts, which environment. */

import { utf8Encode } from '@onetrip/codec'

/** Settings compiled into a face. */
export interface FaceSettings {
  /** Origin of the API and the trust data, without a trailing slash. */
  readonly apiOrigin: string
  /** Origins, beside the API's, where a wallet fetches requests and sends answers. */
  readonly reachedOrigins: readonly string[]
  /** Root metadata of the trust repository (The Update Framework), as it was when the face was built. */
  readonly initialRoot: Uint8Array
  /** Trust data of another environment is refused. */
  readonly environment: string
  readonly walletOrigin: string
  readonly counterOrigin: string
}

/** The environment Vite gives: `import.meta.env`. */
export type BuildEnvironment = Readonly<Record<string, unknown>>

/** Reads `VITE_ONETRIP_*`; a face built without them is a fault of the build (`TypeError`). */
export function readFaceSettings(environment: BuildEnvironment): FaceSettings {
  return {
    apiOrigin: originOf(environment, 'VITE_ONETRIP_API_ORIGIN'),
    reachedOrigins: originsOf(environment, 'VITE_ONETRIP_REACHED_ORIGINS'),
    initialRoot: utf8Encode(textOf(environment, 'VITE_ONETRIP_ROOT')),
    environment: textOf(environment, 'VITE_ONETRIP_ENVIRONMENT'),
    walletOrigin: originOf(environment, 'VITE_ONETRIP_WALLET_ORIGIN'),
    counterOrigin: originOf(environment, 'VITE_ONETRIP_COUNTER_ORIGIN'),
  }
}

function textOf(environment: BuildEnvironment, name: string): string {
  const value = environment[name]
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} is not set`)
  return value
}

function originOf(environment: BuildEnvironment, name: string): string {
  return new URL(textOf(environment, name)).origin
}

/** Separated by spaces; none where the build names none. */
function originsOf(environment: BuildEnvironment, name: string): readonly string[] {
  const value = environment[name]
  if (typeof value !== 'string' || value === '') return []
  return value.split(' ').map((origin) => new URL(origin).origin)
}
