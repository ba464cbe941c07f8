/**
 * When to write down what a running read has brought so far: the first page at once, then now and then. The read never
 * waits for it, and what goes wrong with it is only noted.
 */
import type { Download } from '#devices/driver.ts'
import type { Clock } from '#devices/ports/port.ts'

/** What a crash may cost, against writing the same pages over and over. */
const INTERVAL_MS = 2_500

export interface Checkpoints {
  /** Called with everything so far, as often as the driver likes. */
  keep(download: Download): void
  /** Ends it; resolves when nothing is being written any more. */
  end(): Promise<void>
}

export interface CheckpointOptions {
  readonly clock: Clock
  readonly write: (download: Download) => Promise<void>
  readonly onFailure: (error: unknown) => void
}

export function createCheckpoints({ clock, write, onFailure }: CheckpointOptions): Checkpoints {
  let latest: Download | undefined
  let writtenPages = 0
  let nextAtMs = Number.NEGATIVE_INFINITY
  let writing: Promise<void> | undefined
  let takeBack: (() => void) | undefined
  let ended = false

  async function writeLatest(download: Download): Promise<void> {
    try {
      await write(download)
    } catch (error) {
      onFailure(error)
    }
    writing = undefined
    consider()
  }

  function consider(): void {
    if (ended || writing || takeBack || !latest || latest.pages.length === writtenPages) return
    const waitMs = nextAtMs - clock.nowMs()
    if (waitMs > 0) {
      takeBack = clock.after(waitMs, () => {
        takeBack = undefined
        consider()
      })
      return
    }
    nextAtMs = clock.nowMs() + INTERVAL_MS
    writtenPages = latest.pages.length
    writing = writeLatest(latest)
  }

  return {
    keep(download) {
      latest = download
      consider()
    },
    async end() {
      ended = true
      takeBack?.()
      await writing
    },
  }
}
