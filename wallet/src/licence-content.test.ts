import { signerFromPrivateJwk } from '@onetrip/codec'
import { parseTypeDefinition } from '@onetrip/credential'
import { identityOfShi, NAME_GLYPH, residentIdentityType2, testKeys } from '@onetrip/fixtures'
import { issueLicence } from '@onetrip/issuer'
import { expect, test } from 'vitest'
import { SAMPLE_NOW, sampleHolderKeys } from '../samples/sample-world.ts'
import type { HeldLicence } from './held-licence.ts'
import { holderPublicKey } from './holder-key.ts'
import { licenceContent } from './licence-content.ts'

const type = parseTypeDefinition(residentIdentityType2)

test('pictures stand by the name that they belong to, and are no claim of their own', async () => {
  const content = licenceContent(await heldIdentity(), undefined)
  expect(content?.pictures).toEqual(new Map([['name', NAME_GLYPH]]))
  const names = content?.claims.map(({ name }) => name)
  expect(names).toEqual(type.claims.slice(0, -1).map(({ name }) => name))
  expect(content?.choice.selectable.map(({ name }) => name)).toEqual(names)
  expect(content?.defaults).toEqual(new Set(['name']))
})

async function heldIdentity(): Promise<HeldLicence> {
  const keys = sampleHolderKeys
  const issued = await issueLicence({
    type,
    facts: identityOfShi.facts,
    agency: { id: identityOfShi.agencyId, issuerUrl: 'https://police.example' },
    now: SAMPLE_NOW,
    signers: {
      cbor: signerFromPrivateJwk({ ...testKeys.policeIssueCbor }),
      jws: signerFromPrivateJwk({ ...testKeys.policeIssueJws }),
    },
    holderKeys: { cbor: holderPublicKey(keys.cbor), jws: holderPublicKey(keys.jws) },
    status: {
      cbor: { uri: 'https://s.example/1', index: 1 },
      jws: { uri: 'https://s.example/1', index: 2 },
    },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  })
  return {
    format: 1,
    id: 'a',
    summary: {
      typeCode: type.typeCode,
      typeVersion: type.version,
      typeName: type.name,
      hue: type.hue,
      about: type.about,
      number: identityOfShi.facts.serial,
      version: 1,
      holder: identityOfShi.holder,
      issuer: { 'zh-CN': '样例分局', en: 'Sample branch' },
      validFrom: identityOfShi.facts.validFrom,
      expiresAt: SAMPLE_NOW + 1,
    },
    type,
    sdCwt: issued.cbor,
    sdJwt: issued.jws,
    keys,
    receivedAt: SAMPLE_NOW,
    shownCount: 0,
    copies: [],
  }
}
