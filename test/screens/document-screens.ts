/** The screens of sealed files, which both faces have. */
import { readVerdict } from '../e2e/people.ts'
import type { CastName } from './casts.ts'
import type { Face, Scene, Screen } from './screen.ts'
import type { GivenFile, SealedFiles } from './sealed-files.ts'

type Pick = (files: SealedFiles) => readonly GivenFile[]

/** What a screen is opened with, and what it then shows. */
interface DocumentScene {
  readonly files: Pick
  /** A test id that is there when it is ready; a verdict unless said. */
  readonly shows?: string
  /** The code that the verdict is to have; trust data that are fresh enough may have to come first. */
  readonly code?: string
}

const EVERYWHERE: Readonly<Record<string, DocumentScene>> = {
  document: { files: () => [], shows: 'document-intake' },
  'document-no-seal': { files: ({ letter }) => [letter], shows: 'document-missing-seal' },
  'document-valid': { files: ({ letter, seal }) => [letter, seal], code: '' },
  'document-altered': {
    files: ({ altered, seal }) => [seal, altered],
    code: 'seal/digest-mismatch',
  },
  'document-pdf-twice': { files: ({ pdfTwice }) => [pdfTwice], shows: 'document-page' },
  'document-seal-alone': { files: ({ sealAlone }) => [sealAlone], code: '' },
}

const COUNTER_ONLY: Readonly<Record<string, DocumentScene>> = {
  'document-no-file': { files: ({ seal }) => [seal], shows: 'document-claims' },
  'document-too-many': {
    files: ({ letter, altered }) => [letter, altered],
    shows: 'document-trouble-too-many',
  },
  'document-twice': { files: ({ letter, sealTwice }) => [sealTwice, letter], code: '' },
  'document-lapsed': {
    files: ({ letter, sealCancelled }) => [letter, sealCancelled],
    code: 'seal/revoked',
  },
  'document-stamped': { files: ({ letter, sealStamped }) => [letter, sealStamped], code: '' },
  'document-sealed-before': { files: ({ letter, sealBefore }) => [letter, sealBefore], code: '' },
  'document-stamp-mixed': {
    files: ({ letter, sealMixed }) => [letter, sealMixed],
    code: 'timestamp/imprint',
  },
  'document-unknown': { files: ({ stranger }) => stranger, code: 'seal/maker-unknown' },
  'document-pdf-appended': { files: ({ pdfAppended }) => [pdfAppended], shows: 'document-page' },
  'document-pdf-fonts': { files: ({ pdfFonts }) => [pdfFonts], shows: 'document-text-missing' },
  'document-pdf-locked': { files: ({ pdfLocked }) => [pdfLocked], code: 'pdf/encrypted' },
  'document-seal-alone-lapsed': {
    files: ({ sealAloneCancelled }) => [sealAloneCancelled],
    code: 'seal/revoked',
  },
}

/** What is seen three days after the last network. */
const STALE: Readonly<Record<string, DocumentScene>> = {
  'document-stale': { files: ({ letter, seal }) => [letter, seal], code: 'trust/stale' },
}

/** The screens of a face. */
export function documentScreens(face: Face, cast: CastName): readonly Screen[] {
  if (face === 'wallet') return screensOf(EVERYWHERE, face, cast)
  return [
    ...screensOf({ ...EVERYWHERE, ...COUNTER_ONLY }, face, cast),
    ...screensOf(STALE, face, 'stale'),
  ]
}

function screensOf(
  scenes: Readonly<Record<string, DocumentScene>>,
  face: Face,
  cast: CastName,
): readonly Screen[] {
  return Object.entries(scenes).map(([name, scene]) => ({
    name,
    face,
    cast,
    // A counter shows its verdict until the clerk asks for the next file.
    ...(face === 'counter' ? { spoils: true } : {}),
    open: (on) => open(on, scene),
  }))
}

const TRIES = 20

async function open(on: Scene, scene: DocumentScene): Promise<void> {
  const files = scene.files(await on.stage.sealedFiles())
  for (let left = TRIES; left > 0; left -= 1) {
    const code = await give(on, scene, files)
    if (scene.code === undefined || scene.code === code) return
    await on.page.waitForTimeout(500)
  }
  throw new Error(`no verdict of ${scene.code}`)
}

async function give(
  { page, go }: Scene,
  scene: DocumentScene,
  files: readonly GivenFile[],
): Promise<string | undefined> {
  await go('#/document')
  await page.getByTestId('document-input').waitFor({ state: 'attached' })
  if (files.length > 0) await page.getByTestId('document-input').setInputFiles([...files])
  if (scene.shows !== undefined) {
    await page.getByTestId(scene.shows).first().waitFor()
    return undefined
  }
  return (await readVerdict(page)).code
}
