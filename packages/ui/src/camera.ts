/** The camera as a stream of frames: one in flight, tracks stopped when nobody looks. */

import type { ChosenCamera } from './preferences.ts'
import type { ReadCode } from './scanner-client.ts'
import type { ScanHint } from './scanner-protocol.ts'

/** Why there is no camera picture. */
export type CameraTrouble = 'denied' | 'none' | 'failed' | 'reader-failed'

/** A running camera. */
export interface Camera {
  /** True when the track can switch its light. */
  readonly torch: boolean
  /** Its device id. */
  readonly deviceId: string | undefined
  /** Rejects when the light cannot be switched after all. */
  setTorch(on: boolean): Promise<void>
  /** Focuses on a point of the picture, 0 to 1 across and down; nothing where it cannot. */
  focusAt(point: { readonly x: number; readonly y: number }): Promise<void>
  stop(): void
}

/** How to run a camera. */
export interface CameraOptions {
  readonly video: HTMLVideoElement
  readonly read: ReadCode
  /** Called with the text of each code read, duplicates included. */
  readonly onText: (text: string) => void
  /** Called when two looks in a row say the same of frames without a code; undefined: nothing. */
  readonly onHint?: (hint: ScanHint | undefined) => void
  /** Called once when the reader fails; frames stop. */
  readonly onTrouble: (trouble: CameraTrouble) => void
  /** The one that the person chose. */
  readonly chosen?: ChosenCamera | undefined
}

/** Media Capture extensions, not yet in TypeScript's constraint type. */
interface FocusConstraint {
  readonly focusMode: 'single-shot'
  readonly pointsOfInterest: readonly { readonly x: number; readonly y: number }[]
}

/** How often a frame is looked at for what is wrong with it; that look costs one more decode. */
const GUIDE_MS = 700

/** Opens the camera; gives the trouble instead when it cannot. */
export async function openCamera(options: CameraOptions): Promise<Camera | CameraTrouble> {
  const stream = await getStream(options.chosen)
  if (typeof stream === 'string') return stream
  const { video } = options
  video.srcObject = stream
  await video.play().catch(() => undefined)
  const [track] = stream.getVideoTracks()
  const stopFrames = pumpFrames(options)
  return {
    torch: track !== undefined && hasTorch(track),
    deviceId: track?.getSettings().deviceId,
    async setTorch(on) {
      // `torch` is in the Media Capture extensions, not yet in TypeScript's constraint type.
      const torch: MediaTrackConstraintSet & { readonly torch: boolean } = { torch: on }
      await track?.applyConstraints({ advanced: [torch] })
    },
    async focusAt({ x, y }) {
      if (track === undefined || !canFocus(track)) return
      const focus: MediaTrackConstraintSet & FocusConstraint = {
        focusMode: 'single-shot',
        pointsOfInterest: [{ x, y }],
      }
      await track.applyConstraints({ advanced: [focus] }).catch(() => undefined)
    },
    stop() {
      stopFrames()
      for (const running of stream.getTracks()) running.stop()
      video.srcObject = null
    },
  }
}

/** Cameras by device id; labels are empty until the person allowed the camera once. */
export async function listCameras(): Promise<readonly MediaDeviceInfo[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
  return devices.filter((device) => device.kind === 'videoinput' && device.deviceId !== '')
}

/** True when the person allowed the camera for good, so that opening it asks nothing. */
export async function cameraAllowed(): Promise<boolean> {
  try {
    const status = await navigator.permissions.query({ name: 'camera' })
    return status.state === 'granted'
  } catch {
    return false
  }
}

async function getStream(chosen: ChosenCamera | undefined): Promise<MediaStream | CameraTrouble> {
  if (navigator.mediaDevices?.getUserMedia === undefined) return 'none'
  if (chosen === undefined) return askFor({ facingMode: 'environment' })
  const stream = await askFor({ deviceId: { exact: chosen.deviceId } })
  if (stream !== 'none') return stream
  // It may be unplugged: another is better than none. Names are told only while a camera runs.
  const other = await askFor({ facingMode: 'environment' })
  if (typeof other === 'string' || chosen.label === '') return other
  const cameras = await listCameras()
  const same = cameras.find(({ label }) => label === chosen.label)
  if (same === undefined) return other
  for (const track of other.getTracks()) track.stop()
  return askFor({ deviceId: { exact: same.deviceId } })
}

async function askFor(wanted: MediaTrackConstraints): Promise<MediaStream | CameraTrouble> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { ...wanted, width: { ideal: 1280 }, height: { ideal: 720 } },
    })
  } catch (error) {
    const name = error instanceof DOMException ? error.name : ''
    if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
    if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none'
    return 'failed'
  }
}

function pumpFrames(options: CameraOptions): () => void {
  const { video, read, onText, onHint, onTrouble } = options
  let running = true
  let guidedAt = performance.now()
  let lastHint: ScanHint | undefined
  async function next(): Promise<void> {
    if (!running) return
    try {
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        const guided = performance.now() - guidedAt >= GUIDE_MS
        const found = await read(await createImageBitmap(video), guided ? 'guide' : 'frame')
        if (guided) guidedAt = performance.now()
        if (running && found.text !== undefined) onText(found.text)
        else if (running && guided) {
          if (found.hint === lastHint) onHint?.(found.hint)
          lastHint = found.hint
        }
      }
    } catch {
      if (running) onTrouble('reader-failed')
      running = false
    }
    schedule()
  }
  function schedule(): void {
    if (!running) return
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => void next())
    else requestAnimationFrame(() => void next())
  }
  schedule()
  return () => {
    running = false
  }
}

function hasTorch(track: MediaStreamTrack): boolean {
  const capabilities: object = track.getCapabilities?.() ?? {}
  return 'torch' in capabilities && capabilities.torch === true
}

function canFocus(track: MediaStreamTrack): boolean {
  const capabilities: object = track.getCapabilities?.() ?? {}
  if (!('focusMode' in capabilities) || !Array.isArray(capabilities.focusMode)) return false
  return capabilities.focusMode.includes('single-shot')
}
