/** The frame of every page: skip link, header with language and type size, main, live region. */

import type { ComponentChildren, VNode } from 'preact'
import { Button } from './button.tsx'
import { language } from './language.ts'
import { announcement } from './live-region.ts'
import { t } from './messages.ts'
import { chooseScale, SCALES, scale, toggleLanguage, toScale } from './preferences.ts'
import { applyUpdate, updateReady } from './service-worker.ts'

/** Properties of {@link AppShell}. */
export interface AppShellProps {
  /** The product's name in the header. */
  readonly name: string
  /** What this page is; with the name it becomes the document's title. */
  readonly title: string
  readonly children: ComponentChildren
  /** Links or buttons at the right of the header. */
  readonly actions?: ComponentChildren
  /** At most four labelled places, at the bottom on phones. */
  readonly places?: ComponentChildren
  /** Set in a demonstration: a line says that all data are samples. */
  readonly demonstration?: boolean
  /** Full-bleed pages (a code, a verdict) show no header. */
  readonly bare?: boolean
  /** Never ask to update while a code is on the screen or a scan is going on. */
  readonly busy?: boolean
}

/** Frames a page. */
export function AppShell(props: AppShellProps): VNode {
  document.title = `${props.title} · ${props.name}`
  return (
    <div class={props.bare ? 'shell shell-bare' : 'shell'}>
      {props.bare ? null : (
        <>
          <Header {...props} />
          {updateReady.value && !props.busy ? <UpdateBanner /> : null}
        </>
      )}
      {props.places === undefined || props.bare ? null : (
        <nav class="places" aria-label={props.name}>
          {props.places}
        </nav>
      )}
      <main id="main" class="main" tabIndex={-1}>
        {props.children}
      </main>
      <div class="visually-hidden" role="status" data-testid="live-region">
        {announcement.value}
      </div>
    </div>
  )
}

/** No link: the address names the place, and a jump within the page must leave it alone. */
function skipToMain(): void {
  document.getElementById('main')?.focus()
}

function Header(props: AppShellProps): VNode {
  return (
    <header class="header">
      <button type="button" class="button skip" onClick={skipToMain} data-testid="skip">
        {t('app.skip')}
      </button>
      <p class="header-name">
        <span class="header-mark" aria-hidden="true" />
        <span>{props.name}</span>
        {props.demonstration ? <span class="header-demo">{t('app.demo')}</span> : null}
      </p>
      <div class="header-tools">
        {props.actions}
        <button
          type="button"
          class="button button-quiet"
          lang={language.value === 'zh-CN' ? 'en' : 'zh-CN'}
          aria-label={t('app.languageLabel')}
          data-testid="language-switch"
          onClick={toggleLanguage}
        >
          {t('app.language')}
        </button>
        <ScaleSwitch />
      </div>
    </header>
  )
}

/** Properties of {@link Place}. */
export interface PlaceProps {
  /** Address of the place, such as `#/recent`. */
  readonly href: string
  readonly current: boolean
  readonly children: ComponentChildren
  readonly testId?: string
}

/** One place of the navigation. */
export function Place({ href, current, children, testId }: PlaceProps): VNode {
  return (
    <a class="place" href={href} aria-current={current ? 'page' : undefined} data-testid={testId}>
      {children}
    </a>
  )
}

/** The choice of type size, 100 to 200 per cent; also for a settings page. */
export function ScaleSwitch(): VNode {
  return (
    <label class="scale-switch">
      <span class="scale-label">{t('app.scale')}</span>
      <select
        class="control control-compact"
        data-testid="scale-switch"
        value={String(scale.value)}
        onChange={(event) => chooseScale(toScale(event.currentTarget.value) ?? 100)}
      >
        {SCALES.map((step) => (
          <option key={step} value={String(step)} selected={step === scale.value}>
            {t(`app.scale.${step}`)}
          </option>
        ))}
      </select>
    </label>
  )
}

function UpdateBanner(): VNode {
  return (
    <div class="update" role="status">
      <span>{t('app.update')}</span>
      <Button onPress={applyUpdate} testId="update-now">
        {t('app.updateNow')}
      </Button>
    </div>
  )
}
