/**
 * For the crash tests: a second server process. Does what it is told and writes each acknowledged answer to
 * a file, with fsync, before it goes on; the parent compares after the kill.
 */
import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApp } from '../src/app.ts'
import { issueBatches } from '../src/batches/keep-batches.ts'
import { loadConfig } from '../src/config.ts'
import { collectCertificate } from '../src/enrolment/collect-certificate.ts'
import { integrate } from '../src/record/integrate.ts'
import { openServices } from '../src/services.ts'
import { publishRepository } from '../src/trust-data/publish-repository.ts'
import { testEnvironment } from './test-database.ts'
import {
  counterProofOf,
  credentialIn,
  foodRequest,
  type Issued,
  post,
  proofOf,
  redeem,
  requestCredential,
  START,
  signerOfJwkText,
  TYPES,
  type World,
} from './test-world.ts'

const folder = process.argv[2] ?? ''
const task = process.argv[3] ?? ''
const acknowledged: Record<string, unknown>[] = []

function acknowledge(answer: Record<string, unknown>): void {
  acknowledged.push(answer)
  const file = openSync(join(folder, `acknowledged-${task}.json`), 'w', 0o600)
  writeFileSync(file, JSON.stringify(acknowledged))
  fsyncSync(file)
  closeSync(file)
}

async function issue(world: World, serial: string): Promise<string> {
  const response = await post(world, '/api/licences', foodRequest({ serial }), {
    'Idempotency-Key': `crash-${serial}`,
  })
  return response.text()
}

const config = loadConfig({ ...process.env, ...(await testEnvironment(folder)) })
const now = START + Number(process.env['TEST_LATER'] ?? 0)
const services = await openServices({ config, now: () => now, writeLog: () => {} })
const world: World = {
  folder,
  services,
  app: createApp(services),
  apiKey: process.env['TEST_API_KEY'] ?? '',
  logLines: [],
  setNow: () => {},
  close: () => services.close(),
}

if (task === 'issue') {
  acknowledge({ issued: await issue(world, 'CRASH1') })
} else if (task === 'receive') {
  const issued: Issued = JSON.parse(await issue(world, 'CRASH2'))
  acknowledge({ id: issued.id })
  const accessToken = await redeem(world, issued)
  acknowledge({ accessToken })
  const signer = signerOfJwkText(readFileSync(join(folder, 'holder.json'), 'utf8'))
  const response = await requestCredential(world, {
    accessToken,
    configuration: `${TYPES.food}.dc+sd-cwt`,
    proof: await proofOf(world, signer),
  })
  acknowledge({ credential: await credentialIn(response) })
} else if (task === 'rebind') {
  // What the parent began: an offer that takes the place of the earlier copy, redeemed already.
  const signer = signerOfJwkText(readFileSync(join(folder, 'holder.json'), 'utf8'))
  const response = await requestCredential(world, {
    accessToken: process.env['TEST_TOKEN'] ?? '',
    configuration: `${TYPES.food}.dc+sd-cwt`,
    proof: await proofOf(world, signer),
  })
  acknowledge({ credential: await credentialIn(response) })
} else if (task === 'certify') {
  const signer = signerOfJwkText(readFileSync(join(folder, 'holder.json'), 'utf8'))
  const proof = await counterProofOf(world, signer, { act: 'collect' })
  acknowledge({ certified: await collectCertificate(services, proof) })
} else if (task === 'post') {
  const answer = await post(world, process.env['TEST_PATH'] ?? '', process.env['TEST_BODY'] ?? '')
  acknowledge({ status: answer.status })
} else if (task === 'record') {
  const path = `/api/licences/${process.env['TEST_LICENCE'] ?? ''}/status`
  const { status } = await post(world, path, { status: 'suspended', reason: 'x' })
  acknowledge({ status })
  acknowledge({ checkpoint: await integrate(services) })
} else if (task === 'batches') {
  await issueBatches(services)
} else if (task === 'publish-due') {
  acknowledge({ timestamp: (await publishRepository(services)).version })
} else if (task === 'publish') {
  const path = `/api/licences/${process.env['TEST_LICENCE'] ?? ''}/status`
  for (let round = 0; round < Number(process.env['TEST_ROUNDS'] ?? 1); round += 1) {
    const status = round % 2 === 0 ? 'suspended' : 'valid'
    const response = await post(world, path, { status, reason: 'x' })
    acknowledge({ status: response.status })
    acknowledge({ timestamp: (await publishRepository(services)).version })
  }
} else {
  const answers = await Promise.all(Array.from({ length: 25 }, () => issue(world, 'BURST1')))
  acknowledge({ answers: [...new Set(answers)] })
}
await world.close()
