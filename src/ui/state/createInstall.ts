/** The browser's offer to install the app, kept until the person asks for it. */
import { type Accessor, createContext, createSignal, useContext } from 'solid-js'

/** Chromium's event; not in the standard types. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<unknown>
}

export interface Install {
  readonly possible: Accessor<boolean>
  readonly ask: () => Promise<void>
}

export const InstallContext = createContext<Install>({ possible: () => false, ask: async () => undefined })
export const useInstall = (): Install => useContext(InstallContext)

export function createInstall(): Install {
  const [offer, setOffer] = createSignal<InstallPromptEvent>()
  addEventListener('beforeinstallprompt', event => {
    event.preventDefault()
    // Chromium's event of this name always has `prompt`.
    setOffer(event as InstallPromptEvent)
  })
  addEventListener('appinstalled', () => setOffer(undefined))
  return {
    possible: () => offer() !== undefined,
    ask: async () => {
      const event = offer()
      setOffer(undefined)
      await event?.prompt()
    },
  }
}
