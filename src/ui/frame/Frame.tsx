/**
 * What surrounds every page: the rail (wide) or bar (narrow), the notices above the page, files dropped anywhere, and
 * the keys that work everywhere.
 */
import { A, type RouteSectionProps, useLocation, useNavigate } from '@solidjs/router'
import {
  createEffect,
  createSignal,
  ErrorBoundary,
  For,
  type JSX,
  lazy,
  Match,
  on,
  onCleanup,
  Show,
  Suspense,
  Switch,
  untrack,
} from 'solid-js'
import { failureFrom } from '#workers/outcome.ts'
import { Icon, type IconName } from '../parts/Icon.tsx'
import { Logo } from '../parts/Logo.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { useApi } from '../state/api.ts'
import { ArrivalContext } from '../state/arrival.ts'
import { useImporting } from '../state/createImporting.ts'
import { useReading } from '../state/createReading.ts'
import { createTrouble } from '../state/createTrouble.ts'
import { makeFileDrop } from '../state/makeFileDrop.ts'
import { usePreferences } from '../state/preferences.ts'
import { texts } from '../texts/texts.ts'
import { TroubleNote } from './TroubleNote.tsx'
import { UpdateBar } from './UpdateBar.tsx'

const Shortcuts = lazy(async () => ({ default: (await import('./Shortcuts.tsx')).Shortcuts }))

export function Frame(props: RouteSectionProps) {
  const t = texts()
  const location = useLocation()
  const navigate = useNavigate()
  const importing = useImporting()
  const trouble = createTrouble(useApi().data)
  const [shortcuts, setShortcuts] = createSignal<'never' | 'open' | 'closed'>('never')
  const [dragging, setDragging] = createSignal(false)
  let main: HTMLElement | undefined

  // A new page mounts before or after this effect, so leaving the first page counts from either side.
  const firstPath = location.pathname
  let hasLeft = false
  const navigated = () => hasLeft || untrack(() => location.pathname) !== firstPath
  createEffect(
    on(
      () => location.pathname,
      () => {
        hasLeft = true
        window.scrollTo(0, 0)
      },
      { defer: true },
    ),
  )

  const take = (files: readonly File[]) => {
    if (files.length === 0) return
    void importing.add(files)
    navigate('/import')
  }
  makeFileDrop({ onDragging: setDragging, onFiles: take })

  const onKey = (event: KeyboardEvent) => {
    if (event.key !== '?' || event.ctrlKey || event.metaKey || isTyping(event.target)) return
    event.preventDefault()
    setShortcuts('open')
  }
  window.addEventListener('keydown', onKey)
  onCleanup(() => window.removeEventListener('keydown', onKey))

  return (
    <ArrivalContext.Provider value={{ navigated }}>
      <div class="frame">
        <button type="button" class="button button-primary skip screen-only" onClick={() => main?.focus()}>
          {t.frame.skip}
        </button>
        <Rail />
        <div class="frame-content">
          <UpdateBar />
          <main ref={main} id="main" tabindex="-1">
            <Switch fallback={<Page>{props.children}</Page>}>
              <Match when={trouble.now()}>
                {failure => (
                  <>
                    <TroubleNote failure={failure()} onRetry={trouble.retry} onDismiss={trouble.dismiss} />
                    <Show when={failure().code === 'storage-full' || location.pathname === '/help'}>
                      <Page>{props.children}</Page>
                    </Show>
                  </>
                )}
              </Match>
            </Switch>
          </main>
        </div>
        <Show when={dragging()}>
          <div class="drop-veil" aria-hidden="true">
            <p>
              <Icon name="file" size={48} />
              {t.frame.drop}
            </p>
          </div>
        </Show>
        <Show when={shortcuts() !== 'never'}>
          <Suspense>
            <Shortcuts open={shortcuts() === 'open'} onClose={() => setShortcuts('closed')} />
          </Suspense>
        </Show>
      </div>
    </ArrivalContext.Provider>
  )
}

/** A page may come late (its chunk is loaded) or break; the frame stays in either case. */
function Page(props: { readonly children?: JSX.Element }) {
  return (
    <ErrorBoundary
      fallback={error => (
        <TroubleNote failure={failureFrom(error)} onRetry={() => undefined} onDismiss={() => undefined} />
      )}
    >
      <Suspense fallback={<Skeleton lines={1} blocks={2} />}>{props.children}</Suspense>
    </ErrorBoundary>
  )
}

interface Place {
  readonly href: string
  readonly name: string
  readonly icon: IconName
}

function Rail() {
  const t = texts()
  const preferences = usePreferences()
  const places: readonly Place[] = [
    { href: '/', name: t.frame.home, icon: 'home' },
    { href: '/reports', name: t.frame.reports, icon: 'reports' },
    { href: '/devices', name: t.frame.devices, icon: 'devices' },
    { href: '/settings', name: t.frame.settings, icon: 'settings' },
    { href: '/help', name: t.frame.help, icon: 'help' },
  ]
  return (
    <nav class="rail screen-only" aria-label={t.frame.navigation}>
      <A href="/" class="rail-brand" end aria-label={`${t.appName}: ${t.frame.home}`}>
        <Logo size={34} />
        <span>{t.appName}</span>
      </A>
      <ul class="rail-places">
        <For each={places}>
          {place => (
            <li>
              <A href={place.href} class="rail-place" end={place.href === '/'}>
                <Icon name={place.icon} size={22} />
                <span>{place.name}</span>
              </A>
            </li>
          )}
        </For>
      </ul>
      <div class="rail-foot">
        <Work />
        <p class="rail-person">{preferences.now().profileName || t.frame.nobody}</p>
        <p class="rail-kept">
          <Icon name="safe" size={16} />
          {t.frame.kept}
        </p>
      </div>
    </nav>
  )
}

/** A read or an import that goes on while another page is looked at. */
function Work() {
  const t = texts()
  const reading = useReading()
  const importing = useImporting()
  const percent = () => {
    const state = reading.now()
    if (state.step !== 'reading' || !state.progress.total) return undefined
    return Math.floor((100 * state.progress.done) / state.progress.total)
  }
  return (
    <Switch>
      <Match when={reading.now().step === 'reading'}>
        <A href="/read" class="rail-work figures">
          {t.frame.reading(percent())}
        </A>
      </Match>
      <Match when={importing.running()}>
        <A href="/import" class="rail-work">
          {t.frame.importing}
        </A>
      </Match>
    </Switch>
  )
}

/** Keys typed into a field mean themselves. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio]), textarea, select'))
  )
}
