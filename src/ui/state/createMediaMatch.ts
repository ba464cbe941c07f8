/** Whether a media query holds, as it changes: dark or light, print or screen, wide or narrow. */
import { type Accessor, createSignal, onCleanup } from 'solid-js'

/** Follows the query until its owner is gone. */
export function createMediaMatch(query: string): Accessor<boolean> {
  const media = matchMedia(query)
  const [matches, setMatches] = createSignal(media.matches)
  const follow = () => setMatches(media.matches)
  media.addEventListener('change', follow)
  onCleanup(() => media.removeEventListener('change', follow))
  return matches
}
