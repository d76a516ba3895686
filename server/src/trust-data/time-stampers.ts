/** Time-stampers (时间戳服务) of the trust list: under whose certificates a token proves when something was sealed. */
import {
  encodeJson,
  fault,
  isObject,
  type JsonObject,
  parseJson,
  sha256Base64url,
  toBase64url,
} from '@onetrip/codec'
import { isStamperCertificate } from '@onetrip/seal'
import { parseTimeStampers, type TimeStamper } from '@onetrip/trust'
import type { Services } from '../services.ts'
import { register } from './register.ts'

/**
 * Adds a time-stamper (`id` is its USCC), or puts this in the place of what was registered of it. Throws `trust/format`,
 * `time/format`, and `timestamp/format` for a certificate that verifiers could not read.
 */
export async function registerTimeStamper(
  services: Services,
  { id, name, certificates, from, to }: TimeStamper,
): Promise<void> {
  const entry: JsonObject = {
    id,
    name: { ...name },
    certificates: certificates.map(toBase64url),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
  // One bad entry would make the whole trust list unreadable.
  parseTimeStampers([entry])
  for (const certificate of certificates) {
    if (!(await isStamperCertificate(certificate))) throw fault('timestamp/format')
  }
  const text = encodeJson(entry)
  const facts = { name: name['zh-CN'], digest: sha256Base64url(text) }
  await register(services, { act: 'time-stamper/register', agency: id, facts }, (transaction) =>
    transaction
      .insertInto('time_stamper')
      .values({ id, entry: text })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({ entry: text }).where('time_stamper.entry', '!=', text),
      )
      .execute(),
  )
}

/** Their entries in the trust list, by id. */
export async function timeStamperEntries({ storage }: Services): Promise<readonly JsonObject[]> {
  const rows = await storage.selectFrom('time_stamper').select('entry').orderBy('id').execute()
  return rows.map(({ entry }) => {
    const json = parseJson(entry)
    if (!isObject(json)) throw new TypeError('a stored time-stamper is no object')
    return json
  })
}

/** All of them as verifiers read them. */
export async function loadTimeStampers(services: Services): Promise<readonly TimeStamper[]> {
  return parseTimeStampers([...(await timeStamperEntries(services))])
}
