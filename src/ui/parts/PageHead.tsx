/** A page's title with its main action. Sets the tab's title and takes the focus when one arrives by navigation. */
import { createEffect, type JSX, onMount, Show } from 'solid-js'
import { useArrival } from '../state/arrival.ts'
import { texts } from '../texts/texts.ts'

export interface PageHeadProps {
  readonly title: string
  readonly text?: JSX.Element
  readonly actions?: JSX.Element
}

export function PageHead(props: PageHeadProps) {
  return (
    <header class="page-head">
      <div class="page-head-text">
        <PageTitle title={props.title} />
        <Show when={props.text}>
          <p class="soft">{props.text}</p>
        </Show>
      </div>
      <Show when={props.actions}>
        <div class="row screen-only">{props.actions}</div>
      </Show>
    </header>
  )
}

export interface PageTitleProps {
  readonly title: string
  /** Takes the focus also without navigation, as when a page shows its next screen. */
  readonly focused?: boolean
}

/** The heading by itself. */
export function PageTitle(props: PageTitleProps) {
  const t = texts()
  const arrival = useArrival()
  let heading: HTMLHeadingElement | undefined
  createEffect(() => {
    document.title = `${props.title} – ${t.appName}`
  })
  onMount(() => {
    if (props.focused || arrival.navigated()) heading?.focus({ preventScroll: true })
  })
  return (
    <h1 ref={heading} tabindex="-1">
      {props.title}
    </h1>
  )
}
