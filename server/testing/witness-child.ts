/** For the crash test of a witness: one that dies as soon as it has kept what it was asked to cosign. */
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { fromHex, publicKeyFromRaw, utf8Encode } from '@onetrip/codec'
import { verifierKey } from '@onetrip/log'
import { createWitness } from '../src/witness/witness.ts'
import { openWitnessState } from '../src/witness/witness-state.ts'
import { makeSigner } from './sample-log.ts'

const { name, raw, request } = JSON.parse(await text(process.stdin))
const state = openWitnessState(process.argv[2] ?? '')
const witness = createWitness({
  logs: [verifierKey(name, 'note', publicKeyFromRaw('Ed25519', fromHex(raw)))],
  signer: { name: 'witness.example/w1', signer: makeSigner() },
  state: {
    ...state,
    advance: (origin, step) => {
      const isKept = state.advance(origin, step)
      if (isKept) process.kill(process.pid, 'SIGKILL')
      return isKept
    },
  },
  now: () => 1_795_406_400,
})
await witness.addCheckpoint(utf8Encode(request))
