/** Whether the person has come to a page by navigating inside the app: only then headings take the focus. */
import { createContext, useContext } from 'solid-js'

export interface Arrival {
  readonly navigated: () => boolean
}

/** Without a provider, as in tests of one page, nothing was navigated. */
export const ArrivalContext = createContext<Arrival>({ navigated: () => false })
export const useArrival = (): Arrival => useContext(ArrivalContext)
