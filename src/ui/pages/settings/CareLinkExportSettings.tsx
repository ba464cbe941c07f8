/**
 * What is kept as a file for programs that read CareLink's exports: all of it or some days. A file that does not hold
 * everything is saved only after the person was told what is missing, by kind and number.
 */
import { createSignal, For, Show } from 'solid-js'
import type { Period } from '#reports/models.ts'
import type { CareLinkExport } from '#workers/api.ts'
import type { Failure } from '#workers/outcome.ts'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { typeName } from '../../parts/recordText.ts'
import { Segmented } from '../../parts/Segmented.tsx'
import { useApi } from '../../state/api.ts'
import { dayFromText, textOfDay } from '../../state/createPeriod.ts'
import { download } from '../../state/download.ts'
import { useFormat } from '../../state/preferences.ts'
import { careLinkExportTexts } from '../../texts/careLinkExport.ts'
import { texts } from '../../texts/texts.ts'

/** Offered first: what a clinic looks at. */
const OFFERED_DAYS = 14

export function CareLinkExportSettings() {
  const t = texts().settings
  const format = useFormat()
  const api = useApi()
  const [what, setWhat] = createSignal<'all' | 'period'>('all')
  const [from, setFrom] = createSignal('')
  const [to, setTo] = createSignal('')
  const [problem, setProblem] = createSignal<string>()
  const [busy, setBusy] = createSignal(false)
  const [said, setSaid] = createSignal('')
  const [notes, setNotes] = createSignal<readonly string[]>([])
  /** Made, and waiting for the person to have read the notes. */
  const [ready, setReady] = createSignal<CareLinkExport>()
  const [failure, setFailure] = createSignal<Failure>()
  let status: HTMLParagraphElement | undefined

  /** What was said is about a file of other days. */
  const forget = () => {
    setProblem(undefined)
    setReady(undefined)
    setNotes([])
    setSaid('')
  }

  const choose = async (choice: 'all' | 'period') => {
    setWhat(choice)
    forget()
    if (choice === 'all' || from() !== '' || to() !== '') return
    const outcome = await api.data.lastDayWithData()
    const lastDay = outcome.ok ? outcome.value : undefined
    if (lastDay === undefined || from() !== '' || to() !== '') return
    setFrom(textOfDay(lastDay - OFFERED_DAYS + 1))
    setTo(textOfDay(lastDay))
  }

  const chooseDay = (set: (day: string) => void) => (day: string) => {
    set(day)
    forget()
  }

  /** `undefined` for all days, a sentence when the days chosen make no period. */
  const chosen = (): Period | string | undefined => {
    if (what() === 'all') return undefined
    const [firstDay, lastDay] = [dayFromText(from()), dayFromText(to())]
    if (firstDay === undefined || lastDay === undefined) return t.careLinkIncomplete
    return firstDay > lastDay ? t.careLinkOrder : { firstDay, lastDay }
  }

  const save = async () => {
    const period = chosen()
    forget()
    setProblem(typeof period === 'string' ? period : undefined)
    if (typeof period === 'string') return
    setBusy(true)
    setFailure(undefined)
    setSaid(t.careLinkMaking)
    const outcome = await api.data.exportCareLink(period ? { period } : {})
    setBusy(false)
    setSaid('')
    if (outcome.ok) take(outcome.value)
    else setFailure(outcome.failure)
    // The button was not to be pressed meanwhile and has lost the focus by that.
    if (document.activeElement === document.body) status?.focus()
  }

  const take = (made: CareLinkExport) => {
    const missing = notesOf(made)
    setNotes(missing)
    if (!made.period || made.written === 0) setSaid(t.careLinkNothing)
    else if (missing.length === 0) handOver(made)
    else {
      setReady(made)
      setSaid(withFigures(careLinkExportTexts.ready, made))
    }
  }

  const handOver = (made: CareLinkExport) => {
    setReady(undefined)
    if (!made.period) return
    download(made.file, t.careLinkFile(textOfDay(made.period.firstDay), textOfDay(made.period.lastDay)))
    setSaid(withFigures(t.careLinkDone, made))
  }

  const saveReady = (made: CareLinkExport) => {
    handOver(made)
    // Its button is gone.
    status?.focus()
  }

  const withFigures = (text: typeof t.careLinkDone, { period, written, file }: CareLinkExport): string =>
    period ? text(written, format.day(period.firstDay), format.day(period.lastDay), format.bytes(file.size)) : ''

  const notesOf = ({ leftOut, shortened, outOfRange = NO_LOW_HIGH }: CareLinkExport): readonly string[] => [
    ...(isEmpty(leftOut) ? [] : [t.careLinkLeftOut(listOf(leftOut))]),
    ...(isEmpty(shortened) ? [] : [t.careLinkShortened(listOf(shortened))]),
    ...(isEmpty(outOfRange.leftOut) ? [] : [careLinkExportTexts.leftOutLowHigh(listOf(outOfRange.leftOut))]),
    ...(isEmpty(outOfRange.raw) ? [] : [careLinkExportTexts.rawLowHigh(listOf(outOfRange.raw))]),
  ]
  const listOf = (counts: Counts): string =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([type, count]) => t.careLinkCount(typeName(type), count))
      .join(', ')

  return (
    <div class="stack-tight">
      <h3>{t.careLink}</h3>
      <p class="soft readable">{t.careLinkText}</p>
      <Segmented
        label={t.careLinkWhat}
        value={what()}
        choices={[
          { value: 'all', label: t.careLinkAll },
          { value: 'period', label: t.careLinkPeriod },
        ]}
        onChange={choice => void choose(choice)}
      />
      <Show when={what() === 'period'}>
        <div class="row">
          <TextField type="date" label={t.careLinkFrom} value={from()} onInput={chooseDay(setFrom)} error={problem()} />
          <TextField type="date" label={t.careLinkTo} value={to()} onInput={chooseDay(setTo)} />
        </div>
      </Show>
      <div class="row">
        <Button disabled={busy()} onClick={() => void save()}>
          <Icon name="download" size={18} />
          {t.careLinkMake}
        </Button>
      </div>
      <p role="status" tabindex="-1" ref={status}>
        <strong>{said()}</strong>
      </p>
      <For each={notes()}>{note => <p class="soft readable">{note}</p>}</For>
      <Show when={ready()}>
        {made => (
          <div class="row">
            <Button onClick={() => saveReady(made())}>
              <Icon name="download" size={18} />
              {careLinkExportTexts.saveAllTheSame}
            </Button>
          </div>
        )}
      </Show>
      <Show when={failure()}>{value => <FailureNote failure={value()} />}</Show>
    </div>
  )
}

type Counts = CareLinkExport['leftOut']

const NO_LOW_HIGH: NonNullable<CareLinkExport['outOfRange']> = { raw: {}, leftOut: {} }

const isEmpty = (counts: Counts): boolean => Object.keys(counts).length === 0
