/**
 * When what only paper shows has to be there: while the browser prints, while a report on the screen becomes a PDF or text,
 * and always in what is drawn for a PDF alone. For the screen it is not made: nobody would see it, and it holds up the window.
 */
import { type Accessor, createContext, createMemo, createSignal, useContext } from 'solid-js'

/** True below it: drawn for a PDF only, so that what belongs to the screen (the canvas) need not be made. */
export const OnPaper = createContext(false)

const [printed, setPrinted] = createSignal(false)
const [takers, setTakers] = createSignal(0)

// Chromium waits for `beforeprint`; only the medium itself tells of a page that is shown as on paper.
const paper = matchMedia('print')
const follow = () => setPrinted(paper.matches)
window.addEventListener('beforeprint', () => setPrinted(true))
window.addEventListener('afterprint', follow)
paper.addEventListener('change', follow)

/** Whether the report on the screen is being taken to paper now; all of it has to be there at once. */
export const isTaken = (): boolean => printed() || takers() > 0

/** Whether to draw what only paper shows. */
export function useForPaper(): Accessor<boolean> {
  const always = useContext(OnPaper)
  const forPaper = createMemo(() => always || isTaken())
  return forPaper
}

/** Draws what only paper shows, then does `work` with it; takes it away when `work` is done. */
export async function withPaper<T>(work: () => Promise<T>): Promise<T> {
  setTakers(now => now + 1)
  try {
    return await work()
  } finally {
    setTakers(now => now - 1)
  }
}
