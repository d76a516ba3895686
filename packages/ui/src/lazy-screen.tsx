/** Screens that are loaded when they are first opened, so that the first one comes up fast. */
import type { ComponentType, VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from './messages.ts'
import { EmptyScreen } from './notice.tsx'

type Loader<Props> = () => Promise<ComponentType<Props>>

const loaders = new Set<() => Promise<unknown>>()

/** Loads every screen in the background, so that none has to be fetched later. */
export function loadAllScreens(): void {
  for (const load of loaders) {
    // A screen that does not come now is loaded, or its absence told, when it is opened.
    load().catch(() => undefined)
  }
}

/** Makes a component that loads the real one when it is first rendered. */
export function lazyScreen<Props extends object>(load: Loader<Props>): ComponentType<Props> {
  loaders.add(load)
  let loaded: ComponentType<Props> | undefined
  return function LazyScreen(props: Props): VNode | null {
    const [Loaded, setLoaded] = useState(() => loaded)
    const [failed, setFailed] = useState(false)
    useEffect(() => {
      load().then(
        (component) => {
          loaded = component
          setLoaded(() => component)
        },
        () => setFailed(true),
      )
    }, [])
    if (Loaded !== undefined) {
      return <Loaded {...props} />
    }
    return failed ? <EmptyScreen title={t('app.unloaded')} sign="exclamation" /> : null
  }
}
