/** What the counter's reader makes of each camera scene; test/e2e shows one of each result through a real camera. */
import { type Found, readFrame } from '@onetrip/ui/frame-reader'
import { beforeAll, expect, test } from 'vitest'
import { CAMERA_SCENES, type CameraScene } from './camera-scenes.ts'
import { codeFrame } from './code-frame.ts'
import { pictureOf, prepareNodeReader } from './node-reader.ts'

/** As many characters as a live code of a large licence. */
const DENSE = `OT1:${'A1B2C3D4E5'.repeat(110)}`

beforeAll(prepareNodeReader)

test.each(CAMERA_SCENES.map((scene) => [scene.name, scene] as const))('%s', async (_, scene) => {
  const { fault, empty } = scene
  const frame = codeFrame({ width: 1280, height: 720, fault, ...(empty ? {} : { text: DENSE }) })
  expect(await readFrame(pictureOf(frame), 'guide')).toEqual(foundIn(scene))
})

function foundIn({ expect: result }: CameraScene): Found {
  if (result === 'read') return { text: DENSE }
  return result === 'nothing' ? {} : { hint: result }
}
