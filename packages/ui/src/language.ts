/**
 * The interface's language and catalogues. zh-CN is the source: its keys are the message type, and
 * every other language is typed over exactly those keys, so a missing text does not compile.
 * Licence data is never translated; it is passed in as nodes and isolated in <bdi>.
 */

import { type ReadonlySignal, signal } from '@preact/signals'
import { type ComponentChildren, Fragment, h, type VNode } from 'preact'

/** The languages a face speaks; zh-CN is the source of every text. */
export const LANGUAGES = ['zh-CN', 'en'] as const

/** One of {@link LANGUAGES}, as written in `<html lang>`. */
export type Language = (typeof LANGUAGES)[number]

/** A text in both languages, as type definitions and the trust list hold it. */
export interface Localised {
  readonly 'zh-CN': string
  readonly en: string
}

/** The texts of one part of the interface, per language, over one set of keys. */
export interface Catalogue<Key extends string> {
  readonly 'zh-CN': Readonly<Record<Key, string>>
  readonly en: Readonly<Record<Key, string>>
}

/** Values for the `{name}` places of a text. */
export type TextValues = Readonly<Record<string, string | number>>

/** Gives the text of a key in the current language, with `{name}` places filled. */
export type Translate<Key extends string> = (key: Key, values?: TextValues) => string

const current = signal<Language>('zh-CN')

/** The current language; reading it in a component makes the component follow it. */
export const language: ReadonlySignal<Language> = current

/** Switches the language of the page, `<html lang>` included. */
export function setLanguage(next: Language): void {
  current.value = next
  if (typeof document !== 'undefined') document.documentElement.lang = next
}

/** Narrows a text to a {@link Language}. */
export function isLanguage(text: unknown): text is Language {
  return LANGUAGES.some((known) => known === text)
}

/** Joins the zh-CN source with an English text for exactly the same keys. */
export function defineMessages<Key extends string>(
  zh: Readonly<Record<Key, string>>,
  en: Readonly<Record<NoInfer<Key>, string>>,
): Catalogue<Key> {
  return { 'zh-CN': zh, en }
}

/** Makes the translator of a catalogue; it reads {@link language} each time it is called. */
export function translator<Key extends string>(catalogue: Catalogue<Key>): Translate<Key> {
  return (key, values) => fill(catalogue[current.value][key], values)
}

/** The text of a {@link Localised} in the current language. */
export function localised(text: Localised): string {
  return text[current.value]
}

/**
 * Fills the `{name}` places of a text with nodes. Text nodes of licence data must come wrapped in
 * {@link Data}, so that nothing in them can reorder the sentence around them.
 */
export function withNodes(text: string, nodes: Readonly<Record<string, ComponentChildren>>): VNode {
  const parts = text.split(/\{(\w+)\}/)
  const children = parts.map((part, index) => (index % 2 === 0 ? part : (nodes[part] ?? '')))
  return h(Fragment, null, ...children)
}

function fill(text: string, values: TextValues | undefined): string {
  if (values === undefined) return text
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
