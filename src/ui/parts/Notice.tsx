/** Something worth knowing that is neither a failure nor an action. */
import type { JSX } from 'solid-js'
import { Icon } from './Icon.tsx'

export interface NoticeProps {
  /** plain: friendly information; care: something to look after. */
  readonly tone?: 'plain' | 'care'
  readonly children: JSX.Element
}

export function Notice(props: NoticeProps) {
  return (
    <div class="notice" classList={{ 'notice-plain': (props.tone ?? 'plain') === 'plain' }}>
      <Icon name={props.tone === 'care' ? 'attention' : 'info'} />
      <div class="notice-body">{props.children}</div>
    </div>
  )
}
