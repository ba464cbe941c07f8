/** Grey shapes in the place of what is coming; still, because nothing here blinks. */
import { For } from 'solid-js'

export interface SkeletonProps {
  readonly blocks?: number
  readonly lines?: number
}

export function Skeleton(props: SkeletonProps) {
  const many = (count: number | undefined) => Array.from({ length: count ?? 0 }, (_, index) => index)
  return (
    <div class="stack" aria-hidden="true">
      <For each={many(props.lines)}>{() => <div class="skeleton skeleton-line" />}</For>
      <For each={many(props.blocks)}>{() => <div class="skeleton skeleton-block" />}</For>
    </div>
  )
}
