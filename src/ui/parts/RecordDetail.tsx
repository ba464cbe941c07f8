/** One stored record in full: every field as stored, and the bytes it came from. */
import { For } from 'solid-js'
import type { EvidenceRow } from '#workers/api.ts'
import { useFormat } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'
import { RawBytesView } from './RawBytesView.tsx'
import { fieldRows } from './recordFields.ts'

const t = reportTexts.evidence

export function RecordDetail(props: { readonly row: EvidenceRow }) {
  const format = useFormat()
  return (
    <div class="evidence-detail">
      <section class="stack-tight">
        <h3>{t.fields}</h3>
        <dl class="facts small">
          <For each={fieldRows(props.row, format)}>
            {([name, value]) => (
              <>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </>
            )}
          </For>
        </dl>
      </section>
      <section class="stack-tight evidence-raw">
        <h3>{t.raw}</h3>
        <RawBytesView of={props.row} />
      </section>
    </div>
  )
}
