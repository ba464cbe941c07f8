/** Starts the app: the Trusted Types policy first, then the workers, then the page. */
import './trustedTypes.ts'
import './tokens.css'
import './base.css'
import './parts/controls.css'
import './parts/surfaces.css'
import './frame/frame.css'
import './pages/home.css'
import './pages/pages.css'
import { render } from 'solid-js/web'
import { startClients } from '#workers/client.ts'
import { App } from './App.tsx'
import type { Api } from './state/api.ts'

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no element #app')
const api: Api = startClients()
render(() => <App api={api} />, root)
