/** A button that reads a part of the page aloud (Web Speech API); not there without a voice for the language. */

import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { type Language, language } from './language.ts'
import { t } from './messages.ts'
import { spokenText } from './spoken-text.ts'

/** Properties of {@link ReadAloud}. */
export interface ReadAloudProps {
  /** CSS selector of the part; its controls are left out. */
  readonly part: string
}

/** The button; leaving the page, hiding it and another language end the reading. */
export function ReadAloud({ part }: ReadAloudProps): VNode | null {
  const voice = useVoice(language.value)
  const [reading, setReading] = useState(false)
  const stop = (): void => {
    speechSynthesis.cancel()
    setReading(false)
  }
  useEffect(() => {
    const whenHidden = (): void => {
      if (document.visibilityState === 'hidden') stop()
    }
    document.addEventListener('visibilitychange', whenHidden)
    addEventListener('pagehide', stop)
    return () => {
      document.removeEventListener('visibilitychange', whenHidden)
      removeEventListener('pagehide', stop)
      stop()
    }
  }, [language.value])
  if (voice === undefined) return null
  const start = (): void => {
    const place = document.querySelector(part)
    const sentences = place === null ? [] : spokenText(place)
    speechSynthesis.cancel()
    // One utterance each: long ones are cut off by some engines.
    for (const [index, sentence] of sentences.entries()) {
      const utterance = new SpeechSynthesisUtterance(sentence)
      utterance.voice = voice
      utterance.lang = voice.lang
      if (index === sentences.length - 1) utterance.onend = () => setReading(false)
      speechSynthesis.speak(utterance)
    }
    setReading(sentences.length > 0)
  }
  return (
    <Button onPress={reading ? stop : start} testId="read-aloud">
      {t(reading ? 'aloud.stop' : 'aloud.start')}
    </Button>
  )
}

/** A voice of this device for the language; a remote one would send the licence's words away. */
function useVoice(of: Language): SpeechSynthesisVoice | undefined {
  const [voices, setVoices] = useState(() => speechSynthesis.getVoices())
  useEffect(() => {
    const look = (): void => setVoices(speechSynthesis.getVoices())
    speechSynthesis.addEventListener('voiceschanged', look)
    look()
    return () => speechSynthesis.removeEventListener('voiceschanged', look)
  }, [])
  const local = voices.filter((voice) => voice.localService)
  const tag = (voice: SpeechSynthesisVoice): string => voice.lang.replace('_', '-').toLowerCase()
  return (
    local.find((voice) => tag(voice) === of.toLowerCase()) ??
    local.find((voice) => tag(voice).split('-')[0] === of.split('-')[0])
  )
}
