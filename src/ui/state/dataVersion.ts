/** A number that rises whenever any tab or worker has changed the data. One subscription for the life of the page. */
import { proxy } from 'comlink'
import { type Accessor, createContext, createSignal, useContext } from 'solid-js'
import type { DataApi } from '#workers/api.ts'

/** Without a provider, as in tests of one page, the data never change by themselves. */
export const DataVersionContext = createContext<Accessor<number>>(() => 0)
export const useDataVersion = (): Accessor<number> => useContext(DataVersionContext)

/** Subscribes to the data worker; several changes within one frame count as one. */
export function createDataVersion(data: DataApi): Accessor<number> {
  const [version, setVersion] = createSignal(0)
  let pending = false
  const changed = () => {
    if (pending) return
    pending = true
    setTimeout(() => {
      pending = false
      setVersion(count => count + 1)
    }, 50)
  }
  void data.onChange(proxy(changed))
  return version
}
