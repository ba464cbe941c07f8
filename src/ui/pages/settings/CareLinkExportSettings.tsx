/** What is kept as a file for programs that read CareLink's exports: all of it or some days; says what was left out. */
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
  const [failure, setFailure] = createSignal<Failure>()
  let status: HTMLParagraphElement | undefined

  const choose = async (choice: 'all' | 'period') => {
    setWhat(choice)
    setProblem(undefined)
    if (choice === 'all' || from() !== '' || to() !== '') return
    const outcome = await api.data.lastDayWithData()
    const lastDay = outcome.ok ? outcome.value : undefined
    if (lastDay === undefined || from() !== '' || to() !== '') return
    setFrom(textOfDay(lastDay - OFFERED_DAYS + 1))
    setTo(textOfDay(lastDay))
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
    setProblem(typeof period === 'string' ? period : undefined)
    if (typeof period === 'string') return
    setBusy(true)
    setFailure(undefined)
    setNotes([])
    setSaid(t.careLinkMaking)
    const outcome = await api.data.exportCareLink(period ? { period } : {})
    setBusy(false)
    setSaid(outcome.ok ? handOver(outcome.value) : '')
    if (outcome.ok) setNotes(notesOf(outcome.value))
    else setFailure(outcome.failure)
    // The button was not to be pressed meanwhile and has lost the focus by that.
    if (document.activeElement === document.body) status?.focus()
  }

  const handOver = ({ file, period, written }: CareLinkExport): string => {
    if (!period || written === 0) return t.careLinkNothing
    const [first, last] = [textOfDay(period.firstDay), textOfDay(period.lastDay)]
    download(file, t.careLinkFile(first, last))
    return t.careLinkDone(written, format.day(period.firstDay), format.day(period.lastDay), format.bytes(file.size))
  }

  const notesOf = ({ leftOut, shortened }: CareLinkExport): readonly string[] => [
    ...(isEmpty(leftOut) ? [] : [t.careLinkLeftOut(listOf(leftOut))]),
    ...(isEmpty(shortened) ? [] : [t.careLinkShortened(listOf(shortened))]),
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
          <TextField type="date" label={t.careLinkFrom} value={from()} onInput={setFrom} error={problem()} />
          <TextField type="date" label={t.careLinkTo} value={to()} onInput={setTo} />
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
      <Show when={failure()}>{value => <FailureNote failure={value()} />}</Show>
    </div>
  )
}

type Counts = CareLinkExport['leftOut']

const isEmpty = (counts: Counts): boolean => Object.keys(counts).length === 0
