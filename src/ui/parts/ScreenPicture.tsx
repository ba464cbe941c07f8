/**
 * Small drawings of our own screens, for the list of reports and for Help. They need the charts' palette and
 * `pictures.css`, which the pages that use them bring along.
 */
import { For, Match, Switch } from 'solid-js'
import { fillVariable, markVariable } from '../charts/colors.ts'
import { iconPaths } from './Icon.tsx'

export type ScreenName = 'read' | 'import' | 'overview' | 'agp' | 'table' | 'insulin' | 'daily' | 'settings'

export function ScreenPicture(props: { readonly of: ScreenName }) {
  return (
    <svg class="screen-picture" viewBox="0 0 240 120" aria-hidden="true">
      <Switch>
        <Match when={props.of === 'read'}>
          <ReadPicture />
        </Match>
        <Match when={props.of === 'import'}>
          <ImportPicture />
        </Match>
        <Match when={props.of === 'overview'}>
          <OverviewPicture />
        </Match>
        <Match when={props.of === 'insulin'}>
          <InsulinPicture />
        </Match>
        <Match when={props.of === 'table'}>
          <TablePicture />
        </Match>
        <Match when={props.of === 'agp'}>
          <AgpPicture />
        </Match>
        <Match when={props.of === 'daily'}>
          <DailyPicture />
        </Match>
        <Match when={props.of === 'settings'}>
          <SettingsPicture />
        </Match>
      </Switch>
    </svg>
  )
}

/** A device on the left, what is being read on the right, the button below. */
function ReadPicture() {
  return (
    <>
      <rect class="picture-paper" x="14" y="12" width="212" height="68" rx="6" />
      <path
        class="picture-outline"
        d="M40 30V22h10v8M36 30h18a6 6 0 0 1 6 6v26a6 6 0 0 1-6 6H36a6 6 0 0 1-6-6V36a6 6 0 0 1 6-6z"
      />
      <rect class="picture-screen" x="36" y="37" width="18" height="14" rx="2" />
      <rect class="picture-ink" x="80" y="26" width="76" height="8" rx="3" />
      <rect class="picture-line" x="80" y="44" width="120" height="4" rx="2" />
      <rect class="picture-sunken" x="80" y="58" width="128" height="7" rx="3.5" />
      <rect class="picture-accent" x="80" y="58" width="82" height="7" rx="3.5" />
      <rect class="picture-accent" x="14" y="90" width="72" height="18" rx="5" />
      <rect class="picture-on-accent" x="28" y="97" width="44" height="4" rx="2" />
    </>
  )
}

/** The place to drop files, and what one of them brought. */
function ImportPicture() {
  return (
    <>
      <rect class="picture-drop" x="14" y="12" width="212" height="60" rx="6" />
      <path class="picture-outline picture-strong" transform="translate(108 15)" d={iconPaths.file} />
      <rect class="picture-accent" x="84" y="44" width="72" height="18" rx="5" />
      <rect class="picture-on-accent" x="98" y="51" width="44" height="4" rx="2" />
      <rect class="picture-paper" x="14" y="82" width="212" height="26" rx="6" />
      <path class="picture-outline picture-strong" transform="translate(22 86) scale(0.75)" d={iconPaths.check} />
      <rect class="picture-ink" x="46" y="91" width="60" height="8" rx="3" />
      <rect class="picture-line" x="176" y="93" width="40" height="4" rx="2" />
    </>
  )
}

/** Rows of a few choices, one of each taken. */
function SettingsPicture() {
  const rows = [
    { top: 14, widths: [34, 40], taken: 0 },
    { top: 50, widths: [30, 36], taken: 1 },
    { top: 86, widths: [38, 44, 34], taken: 0 },
  ] as const
  return (
    <For each={rows}>
      {row => {
        const left = (index: number) => 98 + row.widths.slice(0, index).reduce((sum: number, width) => sum + width, 0)
        return (
          <>
            <rect class="picture-ink" x="14" y={row.top + 6} width="52" height="8" rx="3" />
            <rect class="picture-sunken" x="96" y={row.top} width={left(row.widths.length) - 94} height="20" rx="6" />
            <For each={row.widths}>
              {(width, index) => (
                <>
                  <rect
                    class={index() === row.taken ? 'picture-taken' : 'picture-sunken'}
                    x={left(index())}
                    y={row.top + 2}
                    width={width}
                    height="16"
                    rx="5"
                  />
                  <rect
                    class="picture-line"
                    x={left(index()) + 8}
                    y={row.top + 8}
                    width={width - 16}
                    height="4"
                    rx="2"
                  />
                </>
              )}
            </For>
          </>
        )
      }}
    </For>
  )
}

function OverviewPicture() {
  const bar = [
    { tone: 'veryHigh', top: 10, height: 8 },
    { tone: 'high', top: 19, height: 20 },
    { tone: 'target', top: 40, height: 60 },
    { tone: 'low', top: 101, height: 6 },
    { tone: 'veryLow', top: 108, height: 3 },
  ] as const
  const days = [0.62, 0.7, 0.58, 0.8, 0.74, 0.66, 0.85, 0.72, 0.78, 0.69, 0.76]
  return (
    <>
      <For each={bar}>
        {piece => <rect x="14" y={piece.top} width="26" height={piece.height} fill={fillVariable(piece.tone)} />}
      </For>
      <For each={[0, 1, 2]}>
        {index => (
          <>
            <rect class="picture-ink" x={62 + index * 60} y="14" width="34" height="12" rx="3" />
            <rect class="picture-line" x={62 + index * 60} y="31" width="46" height="4" rx="2" />
          </>
        )}
      </For>
      <For each={days}>
        {(share, index) => (
          <>
            <rect x={62 + index() * 15} y={52} width="11" height={(1 - share) * 56} fill={fillVariable('high')} />
            <rect
              x={62 + index() * 15}
              y={52 + (1 - share) * 56}
              width="11"
              height={share * 56}
              fill={fillVariable('target')}
            />
          </>
        )}
      </For>
    </>
  )
}

/** Bars of basal with bolus on top. */
function InsulinPicture() {
  const bars = [52, 64, 48, 70, 58, 62, 80, 55, 66, 60, 72]
  return (
    <For each={bars}>
      {(height, index) => (
        <>
          <rect x={20 + index() * 18.6} y={108 - height} width="13" height={height - 38} fill={fillVariable('bolus')} />
          <rect x={20 + index() * 18.6} y="70" width="13" height="38" fill={fillVariable('basal')} />
        </>
      )}
    </For>
  )
}

/** A head and rows of numbers. */
function TablePicture() {
  return (
    <>
      <rect class="picture-sunken" x="14" y="12" width="212" height="16" rx="3" />
      <For each={[0, 1, 2, 3]}>
        {row => (
          <>
            <rect class="picture-ink" x="20" y={38 + row * 20} width="40" height="6" rx="3" />
            <For each={[0, 1, 2, 3]}>
              {column => (
                <rect
                  class="picture-line"
                  x={88 + column * 36}
                  y={39 + row * 20}
                  width={[22, 14, 18, 12][(row + column) % 4]}
                  height="4"
                  rx="2"
                />
              )}
            </For>
          </>
        )}
      </For>
    </>
  )
}

/** Median and spread over the target band. */
function AgpPicture() {
  return (
    <>
      <rect x="14" y="44" width="212" height="40" fill={fillVariable('band')} />
      <path
        d="M14 60C40 66 60 40 84 26S120 22 140 40s44 10 60-8 18-8 26-2V92c-14 4-24-4-38-6s-30 12-52 8-30-14-52-6-40 8-70 2z"
        fill={fillVariable('profileOuter')}
      />
      <path
        d="M14 66C40 70 60 54 84 46S120 44 140 54s44 6 60-4 18-4 26 0V78c-14 2-24-2-38-3s-30 6-52 4-30-8-52-4-40 6-70 2z"
        fill={fillVariable('profileInner')}
      />
      <path
        d="M14 72C40 74 60 66 84 62S120 58 140 66s44 2 60-4 18-2 26 2"
        fill="none"
        stroke={markVariable('profileMedian')}
        stroke-width="3"
        stroke-linecap="round"
      />
    </>
  )
}

function DailyPicture() {
  return (
    <>
      <rect x="14" y="30" width="212" height="22" fill={fillVariable('band')} />
      <path
        d="M14 44C30 38 38 48 52 46S74 20 88 18s18 26 34 27 22-18 36-24 20 22 34 26 20-8 34-10"
        fill="none"
        stroke={markVariable('target')}
        stroke-width="3"
        stroke-linecap="round"
      />
      <For each={[66, 128, 176]}>
        {(x, index) => (
          <>
            <circle cx={x} cy="68" r={[5, 6, 4][index()]} fill={markVariable('carbs')} />
            <rect
              x={x - 2}
              y={[80, 76, 84][index()]}
              width="4"
              height={[14, 18, 10][index()]}
              fill={markVariable('bolus')}
            />
          </>
        )}
      </For>
      <path d="M14 112V104H60V100H110V106H150V98H200V103H226V112z" fill={fillVariable('basal')} />
    </>
  )
}
