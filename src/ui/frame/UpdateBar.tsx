/** Tells of a new version and lets the person choose when; never while a read or an import runs. */
import { createSignal, Show, untrack } from 'solid-js'
import { Button } from '../parts/Button.tsx'
import { useImporting } from '../state/createImporting.ts'
import { useReading } from '../state/createReading.ts'
import { isDeviceHeld } from '../state/deviceLocks.ts'
import { createUpdate, type Update } from '../state/createUpdate.ts'
import { texts } from '../texts/texts.ts'

export interface UpdateBarProps {
  /** The service worker's state unless told. */
  readonly update?: Update
}

export function UpdateBar(props: UpdateBarProps) {
  const t = texts()
  const update = untrack(() => props.update) ?? createUpdate()
  const reading = useReading()
  const importing = useImporting()
  const [heldElsewhere, setHeldElsewhere] = createSignal(false)
  const busy = () => reading.now().step === 'reading' || importing.running()
  /** Another tab may be reading; its page would lose the files of the version it runs on. */
  const use = async () => {
    const held = await isDeviceHeld()
    setHeldElsewhere(held)
    if (!held) update.use()
  }
  return (
    <div role="status" class="screen-only">
      <Show when={update.ready()}>
        <div class="update-bar">
          <p>
            {t.update.ready} {busy() || heldElsewhere() ? t.update.afterRead : ''}
          </p>
          <div class="row">
            <Show when={!busy()}>
              <Button look="primary" size="small" onClick={() => void use()}>
                {t.update.now}
              </Button>
            </Show>
            <Button look="quiet" size="small" onClick={update.later}>
              {t.update.later}
            </Button>
          </div>
        </div>
      </Show>
    </div>
  )
}
