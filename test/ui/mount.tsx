/** Mounts pages of the app in the browser with a scripted `Api`; everything is taken down when the test has ended. */
import '#ui/tokens.css'
import '#ui/base.css'
import '#ui/parts/controls.css'
import '#ui/parts/surfaces.css'
import '#ui/frame/frame.css'
import '#ui/pages/home.css'
import '#ui/pages/pages.css'
import { HashRouter, Route } from '@solidjs/router'
import axe from 'axe-core'
import type { JSX } from 'solid-js'
import { render } from 'solid-js/web'
import { onTestFinished } from 'vitest'
import { App, Shared } from '#ui/App.tsx'
import type { Api } from '#ui/state/api.ts'

/** One page with everything that pages share, at an address such as `/read?model=…`. */
export function mountPage(api: Api, page: () => JSX.Element, address = '/'): HTMLElement {
  return mounted(address, () => (
    <Shared api={api}>
      <HashRouter root={props => <main>{props.children}</main>}>
        <Route path="*" component={page} />
      </HashRouter>
    </Shared>
  ))
}

/** The whole app, frame and all. */
export const mountApp = (api: Api, address = '/'): HTMLElement => mounted(address, () => <App api={api} />)

function mounted(address: string, content: () => JSX.Element): HTMLElement {
  history.replaceState(null, '', `#${address}`)
  document.documentElement.lang = 'en'
  const root = document.createElement('div')
  document.body.append(root)
  const dispose = render(content, root)
  onTestFinished(() => {
    dispose()
    root.remove()
    localStorage.clear()
  })
  return root
}

/** Serious and critical findings of axe in words; empty is what every page must have. */
export async function seriousFindings(root: HTMLElement): Promise<readonly string[]> {
  const { violations } = await axe.run(root)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`)
}

/** Puts something in place of a property of `navigator` for one test. */
export function replaceOnNavigator(name: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(navigator, name)
  Object.defineProperty(navigator, name, { configurable: true, value })
  onTestFinished(() => {
    if (before) Object.defineProperty(navigator, name, before)
    else Reflect.deleteProperty(navigator, name)
  })
}

/** Takes properties away from `navigator`'s prototype for one test, as in a browser that does not have them. */
export function removeFromNavigator(...names: readonly string[]): void {
  const prototype: object = Navigator.prototype
  for (const name of names) {
    const before = Object.getOwnPropertyDescriptor(prototype, name)
    if (!before) continue
    Reflect.deleteProperty(prototype, name)
    onTestFinished(() => {
      Object.defineProperty(prototype, name, before)
    })
  }
}
