/** Drawings of pages and tables for `ScreenPicture`: our own screens, simplified, on a grid of 240 by 120. */
import { For } from 'solid-js'
import { fillVariable, markVariable } from '../charts/colors.ts'
import { iconPaths } from './Icon.tsx'

/** A device on the left, what is being read on the right, the button below. */
export function ReadPicture() {
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
export function ImportPicture() {
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
export function SettingsPicture() {
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

/** A head and rows of numbers. */
export function TablePicture() {
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

/** A box to search in, and rows of what was found, each with its bytes. */
export function DataPicture() {
  return (
    <>
      <rect class="picture-paper" x="14" y="12" width="212" height="20" rx="5" />
      <path class="picture-outline" transform="translate(18 14) scale(0.68)" d={iconPaths.search} />
      <rect class="picture-line" x="40" y="20" width="44" height="4" rx="2" />
      <For each={[0, 1, 2, 3, 4]}>
        {row => (
          <>
            <rect class="picture-ink" x="20" y={43 + row * 15} width="36" height="5" rx="2.5" />
            <rect class="picture-line" x="70" y={43.5 + row * 15} width={[52, 34, 60, 44, 30][row]} height="4" rx="2" />
            <For each={[0, 1, 2, 3]}>
              {byte => (
                <rect class="picture-sunken" x={160 + byte * 17} y={40 + row * 15} width="13" height="11" rx="2" />
              )}
            </For>
          </>
        )}
      </For>
    </>
  )
}

/** Bars of each day, one of them with a gap, against the limit, and the sign that it is enough. */
export function QualityPicture() {
  const days = [60, 58, 60, 60, 34, 59, 60, 52, 60, 60]
  return (
    <>
      <For each={days}>
        {(height, index) => (
          <rect
            class={height < 42 ? 'picture-sunken' : 'picture-line'}
            x={18 + index() * 15.4}
            y={104 - height}
            width="11"
            height={height}
            rx="1.5"
          />
        )}
      </For>
      <path class="picture-limit" d="M14 62H174" />
      <circle class="picture-accent" cx="204" cy="30" r="15" />
      <path class="picture-check" transform="translate(192 18)" d={iconPaths.check} />
      <rect class="picture-ink" x="188" y="60" width="32" height="6" rx="3" />
      <rect class="picture-line" x="188" y="74" width="38" height="4" rx="2" />
      <rect class="picture-line" x="188" y="86" width="26" height="4" rx="2" />
    </>
  )
}

/** Days as rows, hours as columns: values, some with carbs and insulin under them. */
export function LogbookPicture() {
  const meals = new Set([1, 3, 6, 8, 9, 11, 14, 17, 19])
  const cells = Array.from({ length: 20 }, (_, cell) => cell)
  return (
    <>
      <For each={[0, 1, 2, 3]}>
        {row => <rect class="picture-ink" x="14" y={20 + row * 25} width="28" height="5" rx="2.5" />}
      </For>
      <For each={[0, 1, 2, 3, 4]}>{column => <path class="picture-rule" d={`M${52 + column * 36} 12V112`} />}</For>
      <For each={[1, 2, 3]}>{row => <path class="picture-rule" d={`M14 ${12 + row * 25}H226`} />}</For>
      <For each={cells}>
        {cell => {
          const x = 60 + (cell % 5) * 36
          const y = 16 + Math.floor(cell / 5) * 25
          return (
            <>
              <rect class="picture-line" x={x} y={y} width="18" height="4" rx="2" />
              {meals.has(cell) && (
                <>
                  <rect x={x} y={y + 7} width="12" height="3.5" rx="1.75" fill={markVariable('carbs')} />
                  <rect x={x} y={y + 13} width="15" height="3.5" rx="1.75" fill={markVariable('bolus')} />
                </>
              )}
            </>
          )
        }}
      </For>
    </>
  )
}

/** A month as a grid, each day with a bar of its time in range; one of them the best. */
export function CalendarPicture() {
  const shares = [0.7, 0.62, 0.8, 0.55, 0.74, 0.9, 0.68, 0.77, 0.6, 0.72, 0.84, 0.5, 0.66, 0.79, 0.7, 0.63, 0.81, 0.58]
  return (
    <For each={shares}>
      {(share, index) => {
        const x = () => 14 + ((index() + 2) % 7) * 30.6
        const y = () => 12 + Math.floor((index() + 2) / 7) * 34
        return (
          <>
            <rect
              class={share === 0.9 ? 'picture-taken picture-strong' : 'picture-paper'}
              x={x()}
              y={y()}
              width="27"
              height="29"
              rx="3"
            />
            <rect class="picture-line" x={x() + 4} y={y() + 5} width="8" height="4" rx="2" />
            <rect x={x() + 4} y={y() + 17} width={19 * share} height="6" fill={fillVariable('target')} />
            <rect
              x={x() + 4 + 19 * share}
              y={y() + 17}
              width={19 * (1 - share)}
              height="6"
              fill={fillVariable('high')}
            />
          </>
        )
      }}
    </For>
  )
}
