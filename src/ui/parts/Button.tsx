/** Buttons, and links that look like them: one main action a screen is `primary`, the rest `secondary` or `quiet`. */
import { A } from '@solidjs/router'
import { type JSX, splitProps } from 'solid-js'

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'small' | 'large'

interface Looks {
  readonly look?: ButtonLook
  readonly size?: ButtonSize
}

export type ButtonProps = Looks & JSX.ButtonHTMLAttributes<HTMLButtonElement>

export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ['look', 'size', 'class', 'children'])
  return (
    <button type="button" {...rest} class={classOf(own, own.class)}>
      {own.children}
    </button>
  )
}

export interface ButtonLinkProps extends Looks {
  /** A route, such as `/read?model=…`. */
  readonly href: string
  readonly class?: string
  readonly children: JSX.Element
}

/** A link to a page of the app that looks like a button. */
export function ButtonLink(props: ButtonLinkProps) {
  return (
    <A href={props.href} class={classOf(props, props.class)}>
      {props.children}
    </A>
  )
}

function classOf(looks: Looks, more: string | undefined): string {
  const size = looks.size ? ` button-${looks.size}` : ''
  return `button button-${looks.look ?? 'secondary'}${size}${more ? ` ${more}` : ''}`
}
