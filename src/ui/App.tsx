/** The app: what all pages share (workers, settings, the running read and import), the frame, and the routes. */
import { HashRouter, Route } from '@solidjs/router'
import { createEffect, type JSX, lazy, untrack } from 'solid-js'
import { Frame } from './frame/Frame.tsx'
import { Home } from './pages/Home.tsx'
import { NotFound } from './pages/NotFound.tsx'
import { type Api, ApiContext } from './state/api.ts'
import { createDataVersion, DataVersionContext } from './state/dataVersion.ts'
import { createImporting, ImportingContext } from './state/createImporting.ts'
import { createInstall, InstallContext } from './state/createInstall.ts'
import { createReading, ReadingContext } from './state/createReading.ts'
import { createPreferences, PreferencesContext } from './state/preferences.ts'

const Read = lazy(async () => ({ default: (await import('./pages/Read.tsx')).Read }))
const Import = lazy(async () => ({ default: (await import('./pages/Import.tsx')).Import }))
const Reports = lazy(async () => ({ default: (await import('./pages/Reports.tsx')).Reports }))
const Devices = lazy(async () => ({ default: (await import('./pages/Devices.tsx')).Devices }))
const Settings = lazy(async () => ({ default: (await import('./pages/Settings.tsx')).Settings }))
const Help = lazy(async () => ({ default: (await import('./pages/Help.tsx')).Help }))

export interface AppProps {
  readonly api: Api
}

export function App(props: AppProps) {
  return (
    <Shared api={props.api}>
      <HashRouter root={Frame}>
        <Route path="/" component={Home} />
        <Route path="/read" component={Read} />
        <Route path="/import" component={Import} />
        <Route path="/reports/:report?" component={Reports} />
        <Route path="/devices" component={Devices} />
        <Route path="/settings" component={Settings} />
        <Route path="/help" component={Help} />
        <Route path="*" component={NotFound} />
      </HashRouter>
    </Shared>
  )
}

/** Everything that outlives a page. Each is made once and reaches the pages by its context. */
export function Shared(props: AppProps & { readonly children: JSX.Element }) {
  const api = untrack(() => props.api)
  const version = createDataVersion(api.data)
  const install = createInstall()
  const reading = createReading(api)
  const importing = createImporting(api)
  return (
    <ApiContext.Provider value={api}>
      <DataVersionContext.Provider value={version}>
        <WithPreferences api={api}>
          <InstallContext.Provider value={install}>
            <ReadingContext.Provider value={reading}>
              <ImportingContext.Provider value={importing}>{props.children}</ImportingContext.Provider>
            </ReadingContext.Provider>
          </InstallContext.Provider>
        </WithPreferences>
      </DataVersionContext.Provider>
    </ApiContext.Provider>
  )
}

/**
 * The settings are asked for again whenever the data change, so they stand below the data version. The palette that was
 * chosen for the ranges is a class of the whole page.
 */
function WithPreferences(props: AppProps & { readonly children: JSX.Element }) {
  const preferences = createPreferences(untrack(() => props.api))
  createEffect(() =>
    document.documentElement.classList.toggle('range-clinical', preferences.now().rangeColors === 'clinical'),
  )
  return <PreferencesContext.Provider value={preferences}>{props.children}</PreferencesContext.Provider>
}
