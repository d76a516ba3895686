/** The camera picture with its frame, and plain words when there is none. */

import { Fault, type FrameProgress, isFrameText } from '@onetrip/codec'
import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from './button.tsx'
import {
  type Camera,
  type CameraTrouble,
  cameraAllowed,
  listCameras,
  openCamera,
} from './camera.ts'
import type { CodeInput } from './code-intake.ts'
import { CodesInSight } from './codes-in-sight.ts'
import { FramesRead } from './frames-read.tsx'
import { t } from './messages.ts'
import { Notice } from './notice.tsx'
import { chooseCamera, chosenCamera } from './preferences.ts'
import { readCode } from './scanner-client.ts'
import type { ScanHint } from './scanner-protocol.ts'
import { SignIcon } from './sign-icon.tsx'

/** Properties of {@link ScannerView}. */
export interface ScannerViewProps {
  /** Called with the text of a code; the same text again only once it was out of sight for 2 s. */
  readonly onCode: (text: string) => void
  /** Called with what an animated code says, in the same manner; without it its frames are codes like any others. */
  readonly onMessage?: (message: Uint8Array) => void
  /** What was scanned lately: still in front of the camera when it starts again, it is no scan. */
  readonly known?: readonly CodeInput[]
  /** Says of a text whether it is what is asked for; what is not is told to the person and no scan. */
  readonly isOurs?: (text: string) => boolean
  /** Tells what is asked for instead; unless said, that a holder has to show a licence. */
  readonly foreignText?: string
  /** Holds the camera off, for example under a verdict. */
  readonly paused?: boolean
  /** A public screen: nobody may turn the camera off for the next person. */
  readonly keepOn?: boolean
  /** Start without a press when the person allowed the camera before; true unless said. */
  readonly autoStart?: boolean
}

/** Whether the person wants the camera; kept while the page lives, over verdicts and other places. */
const choice = signal<'undecided' | 'on' | 'off'>('undecided')

type Guidance = ScanHint | 'foreign' | 'frames-mixed'
type Phase = 'off' | 'starting' | 'on' | CameraTrouble

/** Scans with the camera. Codes from files and paste come through `readContent`. */
export function ScannerView(props: ScannerViewProps): VNode {
  const { known = [], paused = false, autoStart = true } = props
  const video = useRef<HTMLVideoElement>(null)
  const camera = useRef<Camera | undefined>(undefined)
  const latest = useRef(props)
  const [phase, setPhase] = useState<Phase>('off')
  const wanted = choice.value === 'on'
  const [device, setDevice] = useState(chosenCamera)
  const [guidance, setGuidance] = useState<Guidance | undefined>(undefined)
  const [progress, setProgress] = useState<FrameProgress | undefined>(undefined)
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([])
  const [torch, setTorch] = useState(false)
  const visible = useVisible()
  const knownNow = useRef(known)
  latest.current = props
  knownNow.current = known

  useEffect(() => {
    if (!autoStart || choice.value !== 'undecided') return
    void cameraAllowed().then((allowed) => {
      if (allowed && choice.value === 'undecided') choice.value = 'on'
    })
  }, [autoStart])

  useEffect(() => {
    const element = video.current
    if (!wanted || paused || !visible || element === null) return
    let stopped = false
    const sight = new CodesInSight(knownNow.current)
    setPhase('starting')
    const opening = openCamera({
      video: element,
      read: readCode,
      chosen: device,
      onTrouble: setPhase,
      onHint: setGuidance,
      onText(text) {
        const { isOurs, onCode, onMessage } = latest.current
        const isFrame = onMessage !== undefined && isFrameText(text)
        const ours = isFrame || (isOurs?.(text) ?? true)
        setGuidance(ours ? undefined : 'foreign')
        if (!ours) return
        try {
          const seen = sight.see(text, performance.now())
          if (seen.state === 'known') return
          setProgress(seen.state === 'more' ? seen : undefined)
          if (seen.state === 'code') onCode(seen.text)
          if (seen.state === 'done') onMessage?.(seen.message)
        } catch (error) {
          if (!(error instanceof Fault)) throw error
          setProgress(undefined)
          setGuidance(error.code === 'qr/frames-mixed' ? 'frames-mixed' : 'foreign')
        }
      },
    })
    void opening.then(async (opened) => {
      if (typeof opened === 'string') {
        if (!stopped) setPhase(opened)
        return
      }
      if (stopped) {
        opened.stop()
        return
      }
      camera.current = opened
      sight.start(performance.now())
      setPhase('on')
      setDevices(await listCameras())
    })
    const onTap = (event: MouseEvent) => {
      void camera.current?.focusAt(pointOn(element, event))
    }
    element.addEventListener('click', onTap)
    return () => {
      stopped = true
      element.removeEventListener('click', onTap)
      camera.current?.stop()
      camera.current = undefined
      setPhase('off')
      setTorch(false)
      setGuidance(undefined)
      setProgress(undefined)
    }
  }, [wanted, paused, visible, device])

  const trouble = phase !== 'off' && phase !== 'starting' && phase !== 'on' ? phase : undefined
  return (
    <div class="scanner" data-testid="scanner" data-phase={phase}>
      <div class="scanner-picture">
        <video
          ref={video}
          muted
          playsInline
          aria-label={t('scanner.video')}
          hidden={phase !== 'on'}
        />
        {phase === 'on' ? <span class="scanner-frame" aria-hidden="true" /> : null}
        <p class="scanner-says" role="status" data-testid="scanner-says">
          {phase === 'on' ? guidanceText(guidance, props.foreignText) : ''}
        </p>
        {phase === 'on' && progress !== undefined ? <FramesRead {...progress} /> : null}
        {phase === 'starting' ? <p class="scanner-wait">{t('scanner.starting')}</p> : null}
        {phase === 'off' ? (
          <div class="scanner-off">
            <SignIcon sign="camera" />
            <Button kind="primary" onPress={() => setChoice('on')} testId="camera-start">
              {t('scanner.start')}
            </Button>
          </div>
        ) : null}
        {trouble === undefined ? null : (
          <Notice
            tone="caution"
            live="status"
            action={
              <Button
                onPress={() => {
                  setChoice('off')
                  setPhase('off')
                }}
              >
                {t('scanner.start')}
              </Button>
            }
          >
            {t(`scanner.${trouble}`)}
          </Notice>
        )}
      </div>
      {phase === 'on' ? (
        <div class="scanner-tools">
          <span class="hint">{t('scanner.aim')}</span>
          {devices.length > 1 ? (
            <CameraChoice
              devices={devices}
              device={camera.current?.deviceId ?? device?.deviceId}
              onChoose={(chosen) => {
                if (chosen === undefined) return
                chooseCamera(chosen)
                setDevice(chosen)
              }}
            />
          ) : null}
          {camera.current?.torch ? (
            <Button
              pressed={torch}
              testId="torch"
              onPress={() => {
                const switched = camera.current?.setTorch(!torch)
                // A light that does not come on is not shown as on.
                void switched?.then(() => setTorch(!torch)).catch(() => undefined)
              }}
            >
              {t('scanner.torch')}
            </Button>
          ) : null}
          {props.keepOn ? null : (
            <Button kind="quiet" onPress={() => setChoice('off')} testId="camera-stop">
              {t('scanner.stop')}
            </Button>
          )}
        </div>
      ) : null}
    </div>
  )
}

/** Where in the camera's picture a tap fell, 0 to 1; the picture is cropped to its box. */
function pointOn(
  video: HTMLVideoElement,
  { offsetX, offsetY }: MouseEvent,
): { readonly x: number; readonly y: number } {
  const { clientWidth, clientHeight, videoWidth, videoHeight } = video
  const scale = Math.max(clientWidth / videoWidth, clientHeight / videoHeight)
  return {
    x: 0.5 + (offsetX - clientWidth / 2) / (videoWidth * scale),
    y: 0.5 + (offsetY - clientHeight / 2) / (videoHeight * scale),
  }
}

function setChoice(next: 'on' | 'off'): void {
  choice.value = next
}

interface CameraChoiceProps {
  readonly devices: readonly MediaDeviceInfo[]
  readonly device: string | undefined
  readonly onChoose: (device: MediaDeviceInfo | undefined) => void
}

function CameraChoice({ devices, device, onChoose }: CameraChoiceProps): VNode {
  return (
    <select
      class="control control-compact"
      aria-label={t('scanner.camera')}
      data-testid="camera-choice"
      onChange={({ currentTarget }) =>
        onChoose(devices.find(({ deviceId }) => deviceId === currentTarget.value))
      }
    >
      {devices.map((one, index) => (
        <option key={one.deviceId} value={one.deviceId} selected={one.deviceId === device}>
          {one.label || t('scanner.camera-number', { number: index + 1 })}
        </option>
      ))}
    </select>
  )
}

/** A camera in a hidden page is stopped, so that its light goes off. */
function useVisible(): boolean {
  const [visible, setVisible] = useState(document.visibilityState !== 'hidden')
  useEffect(() => {
    const update = () => setVisible(document.visibilityState !== 'hidden')
    document.addEventListener('visibilitychange', update)
    return () => document.removeEventListener('visibilitychange', update)
  }, [])
  return visible
}

function guidanceText(guidance: Guidance | undefined, foreignText: string | undefined): string {
  if (guidance === undefined) return ''
  return (guidance === 'foreign' ? foreignText : undefined) ?? t(`scanner.${guidance}`)
}
