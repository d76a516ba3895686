/** Which origins the wallet speaks OpenID4VP with; the face's own policy (CSP) names the same, so it can reach no other. */
import { settings } from '../wallet-state.ts'

/** Origins that requests are fetched from and answers go to. */
export const REACHED_ORIGINS: readonly string[] = [settings.apiOrigin, ...settings.reachedOrigins]
