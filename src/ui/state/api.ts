/** The two worker interfaces for every component below: `useApi().data.home()`. Tests provide scripted ones. */
import { createContext, useContext } from 'solid-js'
import type { DataApi, DeviceApi } from '#workers/api.ts'

/** Comlink's wrappers satisfy these: every method is already asynchronous. */
export interface Api {
  readonly data: DataApi
  readonly device: DeviceApi
}

export const ApiContext = createContext<Api>()

export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('useApi needs an ApiContext.Provider above it')
  return api
}
