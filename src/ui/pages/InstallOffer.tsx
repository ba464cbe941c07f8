/** The quiet offer to install the app, only where the browser makes it. */
import { Show } from 'solid-js'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icon.tsx'
import { useInstall } from '../state/createInstall.ts'
import { texts } from '../texts/texts.ts'

export function InstallOffer() {
  const t = texts()
  const install = useInstall()
  return (
    <Show when={install.possible()}>
      <div class="row">
        <Button size="small" onClick={() => void install.ask()}>
          <Icon name="download" size={18} />
          {t.install.offer}
        </Button>
        <p class="soft small">{t.install.why}</p>
      </div>
    </Show>
  )
}
