/** ARCHITECTURE §3: over the network too the holder's key signs what the holder is shown. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'
import { CLIENT_SIGNED, type VpRequestSubject } from '../vp-request-subject.ts'

/**
 * A request that names a matter or a purpose commits to them, to what is asked and to who asks by its nonce: `request/commitment`. Else
 * an office could put other words behind the signature later. One that names neither says nothing that could be changed.
 */
export const clientCommitment: Rule<VpRequestSubject> = {
  id: 'client-commitment',
  clause: 'ARCHITECTURE §3',
  needs: CLIENT_SIGNED,
  check({ request }) {
    const isOurs = request.matter !== '' || request.purpose !== ''
    if (isOurs && !request.isCommitted) throw fault('request/commitment')
  },
}
