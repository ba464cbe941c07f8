/** Which operating system the person sits at, for cautions and for the order of the ways to a device. */
import type { System } from '#devices/driver.ts'

/** Names as browsers give them, the more special first: Android and ChromeOS also call themselves Linux. */
const names: readonly (readonly [RegExp, System])[] = [
  [/android/i, 'android'],
  [/cros|chrome ?os|chromium os/i, 'chromeos'],
  [/win/i, 'windows'],
  [/mac/i, 'macos'],
  [/linux/i, 'linux'],
]

interface BrowserSays {
  readonly userAgent: string
  /** Missing in browsers that are not Chromium. */
  readonly userAgentData?: { readonly platform: string }
}

/** `undefined` when the browser does not say. */
export function systemOf({ userAgent, userAgentData }: BrowserSays = navigator): System | undefined {
  // The part in brackets; the rest names browsers, one of which is called Darwin-something.
  const text = userAgentData?.platform || (/\(([^)]*)\)/.exec(userAgent)?.[1] ?? '')
  return names.find(([pattern]) => pattern.test(text))?.[1]
}
