/** The demo's identity provider: where it is, and whom it knows. All of them are invented. */
import { toBase64url } from '@onetrip/codec'
import type { Config, IdentityProviderConfig } from '../config.ts'
import type { StaffProviderConfig } from '../config-staff.ts'
import type { KeyStore } from '../keys/key-store.ts'

/** Path of its issuer below the API origin. */
export const IDENTITY_PATH = '/idp'
/** Path of its page on which a visitor says who they are, before the id of their visit. */
export const PEOPLE_PATH: string = `${IDENTITY_PATH}/people`
/** The claim by which it says whose licences somebody's are. */
export const HOLDER_CLAIM = 'holder_reference'

/** The client that asks it for staff. */
export const STAFF_CLIENT = 'onetrip-console'

/** How it knows people, as `acr`; licences are shown to the first only. */
export const LEVELS = ['urn:onetrip:demo:real-name', 'urn:onetrip:demo:self-declared'] as const
const [REAL_NAME, SELF_DECLARED] = LEVELS

/** Somebody the provider knows. */
export interface DemoIdentity {
  /** `sub`. */
  readonly subject: string
  /** The name, which is what stands as holder reference in the sample licences. */
  readonly name: string
  readonly level: (typeof LEVELS)[number]
}

/** The cast; the last one never showed an identity card. */
export const IDENTITIES: readonly DemoIdentity[] = [
  { subject: 'demo-chen', name: '陈样例', level: REAL_NAME },
  { subject: 'demo-lin', name: '林测试', level: REAL_NAME },
  { subject: 'demo-shi', name: '石\u{2e1ea}', level: REAL_NAME },
  // Works for the market regulator too, and decides nothing of their own there.
  { subject: 'demo-sun', name: '孙样乙', level: REAL_NAME },
  { subject: 'demo-wu', name: '吴样生', level: SELF_DECLARED },
]

/** The provider of a demonstration that names none of its own; undefined anywhere else. */
export function demoIdentityProvider(
  config: Config,
  keys: Pick<KeyStore, 'secret'>,
): IdentityProviderConfig | undefined {
  if (config.mode !== 'demo' || config.identityProvider !== undefined) return undefined
  return {
    issuer: config.apiOrigin + IDENTITY_PATH,
    clientId: 'onetrip',
    clientSecret: toBase64url(keys.secret('demo-identity-client')),
    scope: 'openid',
    holderClaim: HOLDER_CLAIM,
    levelClaim: 'acr',
    levels: [REAL_NAME],
    applyLevels: [REAL_NAME],
  }
}

/** As {@link demoIdentityProvider}, for staff. */
export function demoStaffProvider(
  config: Config,
  keys: Pick<KeyStore, 'secret'>,
): StaffProviderConfig | undefined {
  if (config.mode !== 'demo' || config.staffProvider !== undefined) return undefined
  return {
    issuer: config.apiOrigin + IDENTITY_PATH,
    clientId: STAFF_CLIENT,
    clientSecret: toBase64url(keys.secret('demo-staff-client')),
    scope: 'openid',
    personClaim: HOLDER_CLAIM,
  }
}
