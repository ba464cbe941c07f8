/** Where the parts of a PDF are drawn one after the other, out of sight, before they are measured. */
import { createSignal, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { OnPaper } from '../charts/onPaper.ts'
import { FilterNote } from '../reports/FilterNote.tsx'
import { usePreferences } from '../state/preferences.ts'
import type { BundlePart } from './bundleParts.ts'
import type { DrawnReport } from './makePdf.ts'

/** A part that is not drawn by then never will be. */
const PATIENCE_MS = 20_000

export interface PartDrawer {
  /** Draws a part; resolves when it stands there complete. */
  draw(part: BundlePart, signal: AbortSignal): Promise<DrawnReport>
  clear(): void
}

/** Hands its drawer over when it is there. */
export function PartDrawing(props: { readonly ref: (drawer: PartDrawer) => void }) {
  const preferences = usePreferences()
  const [part, setPart] = createSignal<BundlePart>()
  let host: HTMLDivElement | undefined
  const draw = async (next: BundlePart, signal: AbortSignal): Promise<DrawnReport> => {
    setPart(() => next)
    const element = await reportIn(host, signal)
    return { title: next.title, element }
  }
  onCleanup(() => setPart(undefined))
  onMount(() => props.ref({ draw, clear: () => setPart(undefined) }))
  return (
    <div ref={host} hidden>
      <OnPaper.Provider value={true}>
        <Suspense>
          <Show when={part()} keyed>
            {shown => (
              <article class={`report paper-${preferences.now().paper.toLowerCase()}`}>
                <Show when={shown.isFiltered}>
                  <FilterNote />
                </Show>
                <Dynamic component={shown.view} />
              </article>
            )}
          </Show>
        </Suspense>
      </OnPaper.Provider>
    </div>
  )
}

/** The report in `host`, once its head stands there and nothing in it waits for an answer. */
function reportIn(host: HTMLElement | undefined, signal: AbortSignal): Promise<Element> {
  return new Promise((resolve, reject) => {
    if (!host) return reject(new Error('Nothing to draw on'))
    const look = () => {
      const article = host.querySelector('article')
      if (article?.querySelector('.print-head') && !article.querySelector('[aria-busy=true], .skeleton')) {
        end()
        // Effects that draw follow the elements.
        setTimeout(() => resolve(article))
      }
    }
    const watch = new MutationObserver(look)
    const patience = setTimeout(() => {
      end()
      reject(new Error('A report was not drawn in time'))
    }, PATIENCE_MS)
    const calledOff = () => {
      end()
      reject(signal.reason)
    }
    const end = () => {
      watch.disconnect()
      clearTimeout(patience)
      signal.removeEventListener('abort', calledOff)
    }
    signal.addEventListener('abort', calledOff)
    watch.observe(host, { subtree: true, childList: true, attributes: true })
    return look()
  })
}
