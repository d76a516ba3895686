/** All entry points and all artefacts, over one set of trust data and one server. */
import { sampleTsa } from '../../packages/seal/samples/sample-tsa.ts'
import { openWorld } from '../../server/testing/test-world.ts'
import { openContextsTrust } from './contexts-cast.ts'
import { type Artefact, type EntryPoint, entryPoints } from './entry-points.ts'
import { keptArtefacts } from './kept-artefacts.ts'
import { places } from './places.ts'
import { serverEntryPoints } from './server-entry-points.ts'
import { type SignedKind, type SignedName, signedKinds } from './signed-statements.ts'
import { stapledProof } from './stapled-proof.ts'

/** Everything by its name. */
export interface ContextsWorld {
  readonly entries: Readonly<Record<string, EntryPoint>>
  readonly kinds: Readonly<Record<SignedName, SignedKind>>
  readonly artefacts: Readonly<Record<string, Artefact>>
  /** Asks one of the entry points. */
  ask(entry: string, artefact: Artefact): Promise<string>
  close(): Promise<void>
}

/** Makes it. */
export async function openContextsWorld(): Promise<ContextsWorld> {
  const server = await openWorld()
  const tsa = await sampleTsa()
  const trust = await openContextsTrust(tsa.stamper)
  const proof = await stapledProof(tsa.stamp)
  const kinds = signedKinds(server)
  const signed: Record<string, Artefact> = {}
  for (const [name, { by, make }] of Object.entries(kinds)) signed[name] = await make(by)
  const entries: Record<string, EntryPoint> = {
    ...(await entryPoints(trust, proof)),
    ...(await places(trust, proof)),
    ...(await serverEntryPoints(server)),
  }
  return {
    entries,
    ask: (entry, artefact) => {
      const asked = entries[entry]
      if (asked === undefined) throw new TypeError(`no entry point ${entry}`)
      return asked(artefact)
    },
    kinds,
    artefacts: { ...signed, ...(await keptArtefacts(trust, proof)) },
    close: server.close,
  }
}
