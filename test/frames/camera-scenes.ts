/** What a counter's camera meets, and what has to come of it. */
import type { FrameFault } from './code-frame.ts'

/** A scene and its result: the code is read, or a hint is given, or nothing is said. */
export interface CameraScene {
  readonly name: string
  readonly fault: FrameFault
  readonly expect: 'read' | 'too-small' | 'too-dark' | 'unclear' | 'nothing'
  /** Only paper before the camera. */
  readonly empty?: boolean
}

/** Each with noise, as every camera has. */
export const CAMERA_SCENES: readonly CameraScene[] = [
  { name: 'clean', expect: 'read', fault: { noise: 3 } },
  {
    name: 'tilted',
    expect: 'read',
    fault: { modulePixels: 5, rotationDegrees: 12, keystone: 0.15, noise: 4 },
  },
  {
    name: 'a little blurred',
    expect: 'read',
    fault: { blurModules: 0.35, contrast: 0.8, noise: 4 },
  },
  { name: 'blurred', expect: 'unclear', fault: { blurModules: 0.8, noise: 4 } },
  { name: 'dim', expect: 'read', fault: { light: 0.4, contrast: 0.8, noise: 4 } },
  { name: 'dark', expect: 'too-dark', fault: { light: 0.05, noise: 2 } },
  { name: 'a little glare', expect: 'read', fault: { glare: 0.1, noise: 4 } },
  { name: 'glare', expect: 'unclear', fault: { glare: 0.35, noise: 4 } },
  { name: 'moiré', expect: 'read', fault: { moire: 0.6, noise: 6 } },
  { name: 'too small', expect: 'too-small', fault: { modulePixels: 1.3, noise: 4 } },
  { name: 'none', expect: 'nothing', empty: true, fault: { noise: 4 } },
]
