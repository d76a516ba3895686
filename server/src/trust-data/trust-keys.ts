/**
 * Keys of the trust repository (ARCHITECTURE §5). The online roles' keys are the server's own. The offline ones belong to
 * people elsewhere; only a demonstration keeps them beside the others, so that it can play all parts.
 */
import type { PublicKey, Signer } from '@onetrip/codec'
import type { Services } from '../services.ts'

/** Roles whose keys the server holds; one status key serves all status roles. */
export type OnlineRole = 'snapshot' | 'timestamp' | 'status' | 'deny'
/** Roles that people sign for, away from the server. */
export type OfflineRole = 'root' | 'targets'

/** How many of the demonstration's offline keys have to sign. */
export const DEMO_THRESHOLD = 2

const DEMO_KEYS: Readonly<Record<OfflineRole, readonly string[]>> = {
  root: ['trust-root', 'trust-root-2', 'trust-root-3'],
  targets: ['trust-targets', 'trust-targets-2', 'trust-targets-3'],
}

/** The signer of an online role, its key made when there is none yet. */
export function onlineSigner(services: Pick<Services, 'keys'>, role: OnlineRole): Signer {
  return services.keys.ensureSigner(`trust-${role}`, 'Ed25519')
}

/** The public keys of the online roles, as a root and its targets have to name them. */
export function onlineKeys(
  services: Pick<Services, 'keys'>,
): Readonly<Record<OnlineRole, PublicKey>> {
  const keyOf = (role: OnlineRole): PublicKey => onlineSigner(services, role).publicKey
  return {
    snapshot: keyOf('snapshot'),
    timestamp: keyOf('timestamp'),
    status: keyOf('status'),
    deny: keyOf('deny'),
  }
}

/** The demonstration's offline signers; a server in production has none. */
export function demoSigners(
  { config, keys }: Pick<Services, 'config' | 'keys'>,
  role: OfflineRole,
): readonly Signer[] {
  if (config.mode !== 'demo') throw new TypeError('offline keys are not kept in production')
  return DEMO_KEYS[role].map((name) => keys.ensureSigner(name, 'Ed25519'))
}
