import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8Decode } from '@onetrip/codec'
import {
  foodLicenceOfSample,
  licenceTypes,
  sampleAgencies,
  sampleOffices,
  sampleSealMaker,
} from '@onetrip/fixtures'
import { createApp, draftNextTargets, loadConfig, openServices } from '@onetrip/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sampleTsa } from '../../seal/samples/sample-tsa.ts'
import { runApiKey } from './api-key-command.ts'
import { quietContext } from './quiet-context.ts'
import { runRegister } from './register-command.ts'
import type { CommandContext } from './usage.ts'

let folder: string
let printed: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-register-'))
  printed = []
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function context(...args: readonly string[]): CommandContext {
  return quietContext({
    args,
    environment: {
      ONETRIP_DATA_DIR: join(folder, 'data'),
      ONETRIP_MODE: 'production',
      ONETRIP_API_ORIGIN: 'https://api.onetrip.example',
      ONETRIP_WALLET_ORIGIN: 'https://wallet.onetrip.example',
      ONETRIP_COUNTER_ORIGIN: 'https://counter.onetrip.example',
      ONETRIP_ENVIRONMENT: 'production',
      ONETRIP_KEY_PASSPHRASE: 'a passphrase for tests only',
    },
    now: () => 1_795_406_400,
    print: (line) => printed.push(line),
  })
}

function write(content: unknown): string {
  const file = join(folder, 'register.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

const CAST = {
  types: licenceTypes,
  agencies: sampleAgencies.map(({ id, name, typeCodes }) => ({ id, name, typeCodes })),
  offices: sampleOffices,
  sealMakers: [sampleSealMaker],
}

test('a production installation is filled by register, and issues with a key of api-key', async () => {
  const file = write(CAST)
  await runRegister(context(file))
  await runRegister(context(file))
  const [types, agencies, offices] = [licenceTypes, sampleAgencies, sampleOffices].map(
    ({ length }) => length,
  )
  const counts = `${types} types, ${agencies} agencies, ${offices} offices, 1 sealMakers`
  expect(printed).toEqual([counts, counts])
  const { agencyId, typeCode, facts } = foodLicenceOfSample
  await runApiKey(context('--agency', agencyId, '--types', typeCode, '--person', '赵经办'))
  // The service centre is an office, and no agency.
  const office = ['--agency', '12339901XYN0000570', '--types', typeCode, '--person', '赵经办']
  await expect(runApiKey(context(...office))).rejects.toThrow('registered as an office')
  const nobody = ['--agency', '1', ...office.slice(2)]
  await expect(runApiKey(context(...nobody))).rejects.toThrow('no agency of this number')
  const services = await openServices({
    config: loadConfig(context().environment),
    writeLog: () => {},
  })
  try {
    const app = createApp(services)
    const response = await app.request('/api/licences', {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${printed.at(-1)}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': 'first',
      },
      body: JSON.stringify({ type: typeCode, ...facts }),
    })
    expect(response.status).toBe(201)
    expect((await app.request('/')).status).toBe(404)
    // Root and targets are signed elsewhere; until they are brought there is nothing to publish.
    expect((await app.request('/trust/metadata/timestamp.json')).status).toBe(503)
  } finally {
    await services.close()
  }
})

test('a time-stamper comes with its certificate in a file beside, in PEM or DER', async () => {
  const { stamper } = await sampleTsa()
  const der = Buffer.from(stamper.certificates[0] ?? [])
  const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
  writeFileSync(join(folder, 'tsa.pem'), pem)
  writeFileSync(join(folder, 'tsa.der'), der)
  const entry = { id: stamper.id, name: stamper.name, to: 1_900_000_000 }
  for (const certificates of [['tsa.pem'], ['tsa.der']]) {
    await runRegister(context(write({ timeStampers: [{ ...entry, certificates }] })))
    expect(printed.at(-1)).toBe('1 timeStampers')
  }
  const services = await openServices({
    config: loadConfig(context().environment),
    writeLog: () => {},
  })
  const { documents } = await draftNextTargets(services)
  await services.close()
  const { timeStampers } = JSON.parse(utf8Decode(documents.get('trust-list.json') ?? der))
  expect(timeStampers).toEqual([{ ...entry, certificates: [der.toString('base64url')] }])
  for (const certificates of [['none.pem'], ['register.json'], [7], []]) {
    const file = write({ timeStampers: [{ ...entry, certificates }] })
    await expect(runRegister(context(file))).rejects.toThrow(/certificate|cannot|missing/)
  }
})

test.for([
  ['an agency without a USCC', { ...CAST, agencies: [{ ...CAST.agencies[0], id: '123' }] }],
  ['an agency of an unknown type', { types: [], agencies: CAST.agencies }],
  ['an unknown member', { ...CAST, keys: [] }],
  ['no object', []],
])('%s is refused', async ([, content]) => {
  await expect(runRegister(context(write(content)))).rejects.toThrow(/cannot be taken|has to be/)
})

test('a key wants an agency, types and one holder', async () => {
  await expect(runApiKey(context('--agency', '1'))).rejects.toThrow('--types CODES is missing')
  const whose = ['--person', 'p', '--system', 's']
  for (const holder of [[], whose]) {
    const args = ['--agency', '1', '--types', '2', ...holder]
    await expect(runApiKey(context(...args))).rejects.toThrow('one of --person NAME')
  }
  await expect(
    runApiKey(context('--agency', '1', '--types', '2', '--system', 's', '--roles', 'all')),
  ).rejects.toThrow('--roles')
})
