/**
 * The five ranges from very high down to very low: a bar with a line to each name, its limits in the person's unit, the
 * share and the time per day. Order and words carry the meaning, colour only helps. Source: reports sheet §2.1, §5.1.
 */
import { createUniqueId, For, Show } from 'solid-js'
import type { Period, RangeName, RangeShares } from '#reports/models.ts'
import { HatchPatterns, hatchFill, isHatched } from '../charts/Hatch.tsx'
import { fillVariable } from '../charts/colors.ts'
import { Traceable } from '../parts/Evidence.tsx'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { TableCsv } from '../paper/TableCsv.tsx'
import { reportTexts } from '../texts/reports.ts'
import { hasRange, hoursText, limitsText, rangesFromTop, shareText } from './amounts.ts'

export interface TimeInRangesProps {
  readonly shares: RangeShares
  readonly of: 'sensor' | 'meter'
  readonly period: Period
  /** "3,921 sensor values on 14 days". */
  readonly note: string
}

const WIDTH = 92
const BAR = 56
const ROW = 44
/** A class that is there is never thinner than this, so that it can be seen. */
const THINNEST = 3

const t = reportTexts.ranges

export function TimeInRanges(props: TimeInRangesProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const rows = () => rangesFromTop.filter(name => hasRange(name, preferences.now().ranges))
  /** A share of one day says nothing of hours that the sensor did not see: then the count stands there. */
  const isPerDay = () => props.of === 'sensor' && props.period.firstDay !== props.period.lastDay
  const title = (name: RangeName) =>
    `${t.names[name]}, ${t.limitText(limitsText(name, preferences.now().ranges, preferences.now().glucoseUnits), format.glucoseUnit())}`
  const name = () => (props.of === 'sensor' ? t.title : t.meterTitle)
  return (
    <TableCsv name={name()}>
      <div class="ranges">
        <div class="ranges-place">
          <Bar shares={props.shares} rows={rows()} />
        </div>
        <table class="ranges-table">
          <caption class="visually-hidden">{name()}</caption>
          <thead class="visually-hidden">
            <tr>
              <th scope="col">{t.range}</th>
              <th scope="col">{t.share}</th>
              <th scope="col">{isPerDay() ? t.perDayHead : t.count}</th>
            </tr>
          </thead>
          <tbody>
            <For each={rows()}>
              {name => (
                <tr>
                  <th scope="row">
                    <span class="ranges-name">{t.names[name]}</span>
                    <span class="ranges-limits">
                      {t.limitText(
                        limitsText(name, preferences.now().ranges, preferences.now().glucoseUnits),
                        format.glucoseUnit(),
                      )}
                    </span>
                  </th>
                  <td class="number ranges-share">
                    <Traceable
                      title={title(name)}
                      count={props.shares[name].count}
                      query={{
                        kinds: [props.of === 'sensor' ? 'cbg' : 'smbg'],
                        types: [props.of === 'sensor' ? 'cbg' : 'smbg'],
                        period: props.period,
                        range: name,
                      }}
                    >
                      {shareText(props.shares[name], format)}
                    </Traceable>
                  </td>
                  <td class="number ranges-time">
                    {isPerDay() ? hoursText(props.shares[name].minutesPerDay) : t.values(props.shares[name].count)}
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
        <p class="ranges-note small soft">{isPerDay() ? t.timesPerDay(props.note) : props.note}</p>
      </div>
    </TableCsv>
  )
}

function Bar(props: { readonly shares: RangeShares; readonly rows: readonly RangeName[] }) {
  const id = createUniqueId()
  const height = () => props.rows.length * ROW
  const pieces = () => barPieces(props.shares, props.rows, height())
  return (
    <svg class="ranges-bar" viewBox={`0 0 ${WIDTH} ${height()}`} preserveAspectRatio="none" aria-hidden="true">
      <HatchPatterns id={id} />
      <For each={pieces()}>
        {(piece, index) => (
          <>
            <rect x="0" y={piece.top} width={BAR} height={piece.height} fill={fillVariable(piece.name)} />
            <Show when={isHatched(piece.name)}>
              <rect
                class="print-mark"
                x="0"
                y={piece.top}
                width={BAR}
                height={piece.height}
                fill={hatchFill(id, piece.name)}
              />
            </Show>
            <Show when={piece.height > 0}>
              <path
                class="ranges-line"
                d={`M${BAR} ${piece.top + piece.height / 2}H${BAR + 6}L${WIDTH - 8} ${(index() + 0.5) * ROW}H${WIDTH}`}
                fill="none"
                stroke={fillVariable(piece.name)}
              />
            </Show>
          </>
        )}
      </For>
    </svg>
  )
}

/** Heights by exact share; classes that are there get at least a sliver, taken from the rest in proportion. */
export function barPieces(shares: RangeShares, names: readonly RangeName[], height: number) {
  const gap = 1.5
  const present = names.filter(name => shares[name].count > 0)
  const small = present.filter(name => shares[name].fraction * height < THINNEST)
  const room = height - gap * Math.max(0, present.length - 1) - small.length * THINNEST
  const large = present.filter(name => !small.includes(name))
  const sum = large.reduce((total, name) => total + shares[name].fraction, 0)
  let top = 0
  return names.map(name => {
    const tall = small.includes(name) ? THINNEST : large.includes(name) ? (shares[name].fraction / sum) * room : 0
    const piece = { name, top, height: tall }
    if (tall > 0) top += tall + gap
    return piece
  })
}
