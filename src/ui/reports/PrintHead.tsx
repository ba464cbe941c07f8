/**
 * The head of a printed report: who (unless the person wants it left out), what, which days, which devices, whose clock,
 * made when. A PDF of our own repeats it on each page; where the browser prints, further pages have a short line, and
 * every page the warning, in the page's margins; those take their words from custom properties (`print.css`).
 * Source: reports sheet §5.4.
 */
import { createEffect, createSignal, onCleanup, Show } from 'solid-js'
import { dayFromText } from '../state/createPeriod.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { paperTexts } from '../texts/paper.ts'
import { reportTexts } from '../texts/reports.ts'

export interface PrintHeadProps {
  readonly title: string
  /** "1 – 14 March 2026 (14 days)". */
  readonly days: string
  readonly devices: readonly string[]
}

const t = reportTexts.printed

export function PrintHead(props: PrintHeadProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const [madeAt, setMadeAt] = createSignal(Date.now())
  const printing = () => setMadeAt(Date.now())
  window.addEventListener('beforeprint', printing)
  onCleanup(() => window.removeEventListener('beforeprint', printing))
  const name = () => (preferences.now().printIdentity ? preferences.now().profileName : '')
  const identity = () => {
    const { dateOfBirth, patientId, printIdentity } = preferences.now()
    const born = dayFromText(dateOfBirth)
    if (!printIdentity) return ''
    return [
      born === undefined ? '' : paperTexts.bornOn(format.days(born, born)),
      patientId === '' ? '' : paperTexts.patientId(patientId),
    ]
      .filter(Boolean)
      .join(' · ')
  }
  createPageMargins(() => ({
    '--print-running': t.running(name(), props.title, props.days),
    '--print-dosing': t.notForDosing,
    '--print-page': t.page,
  }))
  return (
    <header class="print-head print-only">
      <div class="print-head-row">
        <p class="print-title">{props.title}</p>
        <p class="print-name">{name()}</p>
      </div>
      <div class="print-head-row">
        <p>
          <strong>{props.days}</strong>
          <Show when={props.devices.length > 0}> · {props.devices.join(', ')}</Show>
        </p>
        <p class="print-identity">{identity()}</p>
      </div>
      <div class="print-head-row soft">
        <p>{t.deviceTime}</p>
        <p>{t.generated(format.momentExact(madeAt()), import.meta.env.BASALT_VERSION ?? '')}</p>
      </div>
    </header>
  )
}

/** Sets the words as quoted strings on the root element, where pages inherit from, and takes them away at the end. */
function createPageMargins(words: () => Readonly<Record<string, string>>): void {
  const { style } = document.documentElement
  createEffect(() => {
    const entries = Object.entries(words())
    for (const [name, text] of entries) style.setProperty(name, JSON.stringify(text))
    onCleanup(() => {
      for (const [name] of entries) style.removeProperty(name)
    })
  })
}
