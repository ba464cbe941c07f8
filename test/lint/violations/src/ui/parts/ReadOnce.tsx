// Reported: reactivity
import { createSignal } from 'solid-js'
export function Part() {
  const [count] = createSignal(0)
  const twice = count() * 2
  return <p>{twice}</p>
}
