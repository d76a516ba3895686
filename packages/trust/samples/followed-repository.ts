/** A sample repository as verifiers follow it: its signers, changed versions of it, and stores that followed it. */
import type { Signer } from '@onetrip/codec'
import {
  followTrust,
  memoryTufStore,
  type RepositoryFiles,
  type Trust,
  type TrustFetcher,
  type TufStore,
} from '../src/index.ts'
import {
  firstRoot,
  memoryFetcher,
  type RepositorySigners,
  type SampleRepository,
  sampleRepository,
} from './sample-repository.ts'
import {
  SAMPLE_NOW,
  STATUS_URI,
  sampleDocuments,
  sampleSigner,
  sampleStatusList,
} from './sample-trust.ts'

/** Ten minutes after everything was signed. */
export const FOLLOW_NOW: number = SAMPLE_NOW + 600

/** Who signs for the repository. */
export const SIGNERS: RepositorySigners & { readonly targets: readonly Signer[] } = {
  root: [sampleSigner('root')],
  targets: [sampleSigner('strangerCbor')],
  online: sampleSigner('holderCbor'),
}

/** The repository with a list of each agency, and whatever is changed of it. */
export async function repository(
  changes: Partial<SampleRepository> = {},
): Promise<RepositoryFiles> {
  const police = await sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus' })
  const market = await sampleStatusList({ uri: STATUS_URI.market, signer: 'marketStatus' })
  return sampleRepository({
    signers: SIGNERS,
    signedAt: SAMPLE_NOW,
    documents: sampleDocuments(),
    statusLists: { 1: police, 2: market },
    ...changes,
  })
}

/** The repository as it is. */
export const FIRST: RepositoryFiles = await repository()
/** The root that verifiers start from. */
export const INITIAL_ROOT: Uint8Array = firstRoot(FIRST)

/** Follows with what is served. */
export function follow(
  store: TufStore,
  fetcher: TrustFetcher,
  now: number = FOLLOW_NOW,
): Promise<Trust> {
  return followTrust({ store, fetcher, initialRoot: INITIAL_ROOT, environment: 'test', now })
}

/** A store that followed a repository. */
export async function kept(
  files: RepositoryFiles = FIRST,
): Promise<TufStore & { readonly files: ReadonlyMap<string, Uint8Array> }> {
  const store = memoryTufStore()
  await follow(store, memoryFetcher(files))
  return store
}
