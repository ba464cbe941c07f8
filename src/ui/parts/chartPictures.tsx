/** Drawings of charts for `ScreenPicture`: what a report draws first, simplified, on a grid of 240 by 120. */
import { For } from 'solid-js'
import { fillVariable, markVariable } from '../charts/colors.ts'

export function OverviewPicture() {
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
export function InsulinPicture() {
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

/** Median and spread over the target band. */
export function AgpPicture() {
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

export function DailyPicture() {
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

/** The bar of this period beside the one before, and what changed. */
export function AssessmentPicture() {
  const bars = [
    { tone: 'veryHigh', x: 22, top: 10, height: 9 },
    { tone: 'high', x: 22, top: 20, height: 25 },
    { tone: 'target', x: 22, top: 46, height: 49 },
    { tone: 'low', x: 22, top: 96, height: 14 },
    { tone: 'veryHigh', x: 70, top: 10, height: 4 },
    { tone: 'high', x: 70, top: 15, height: 17 },
    { tone: 'target', x: 70, top: 33, height: 69 },
    { tone: 'low', x: 70, top: 103, height: 7 },
  ] as const
  return (
    <>
      <For each={bars}>
        {({ tone, x, top, height }) => <rect x={x} y={top} width="26" height={height} fill={fillVariable(tone)} />}
      </For>
      <path class="picture-outline" d="M53 60h10M59 56l4 4-4 4" />
      <For each={[0, 1, 2, 3]}>
        {row => (
          <>
            <rect class="picture-line" x="116" y={21 + row * 25} width={[38, 30, 44, 34][row]} height="4" rx="2" />
            <rect class="picture-ink" x="174" y={19 + row * 25} width="22" height="8" rx="3" />
            <path
              class="picture-outline picture-strong"
              d={row === 2 ? `M208 ${23 + row * 25}h12` : `M214 ${18 + row * 25}v11m-4-4 4 4 4-4`}
            />
          </>
        )}
      </For>
    </>
  )
}

/** A day under a day: glucose over the band, basal below. */
export function WeeklyPicture() {
  const traces = [
    'M0 16c16 4 24-12 40-12s26 14 46 12 26-12 44-10 24 10 46 6',
    'M0 12c20 8 30 2 44-2s28-10 48-2 30 8 44 4 22-10 40-4',
  ]
  return (
    <For each={[0, 1, 2, 3]}>
      {day => (
        <g transform={`translate(50 ${11 + day * 26})`}>
          <rect class="picture-ink" x="-36" y="6" width="24" height="5" rx="2.5" />
          <rect y="6" width="176" height="9" fill={fillVariable('band')} />
          <path d={traces[day % 2]} fill="none" stroke={markVariable('target')} stroke-width="2" />
          <rect y="19" width="176" height="3" fill={fillVariable('basal')} />
          <For each={[34, 92, 138]}>
            {x => <rect x={x + day * 3} y="15" width="3" height="7" fill={markVariable('bolus')} />}
          </For>
        </g>
      )}
    </For>
  )
}

/** Five days in their colours, with the mean over them. */
export function OverlayPicture() {
  const traces = [
    'M14 62C40 70 60 20 84 18s34 46 60 40 44-34 82-14',
    'M14 74C44 70 58 46 84 50s40 26 62 6 40-12 80 4',
    'M14 50C40 46 66 62 88 60s34-42 58-34 48 40 80 36',
    'M14 82C40 84 64 66 88 76s30 14 56 2 50-24 82 2',
    'M14 66C36 58 58 34 86 34s40 50 62 48 46-36 78-30',
  ]
  return (
    <>
      <rect x="14" y="44" width="212" height="40" fill={fillVariable('band')} />
      <For each={traces}>
        {(trace, index) => (
          <path d={trace} fill="none" stroke={`var(--chart-day-${index()})`} stroke-width="1.75" opacity="0.8" />
        )}
      </For>
      <path d="M14 67C40 66 60 46 85 47s38 17 60 12 44-13 81 0" class="picture-mean" />
    </>
  )
}

/** Thin lines of each day, the mean over them, and the meter's values. */
export function SensorMeterPicture() {
  const points = [
    [34, 58],
    [70, 34],
    [108, 66],
    [150, 30],
    [196, 56],
  ] as const
  return (
    <>
      <rect x="14" y="44" width="212" height="40" fill={fillVariable('band')} />
      <For each={[-14, -5, 9, 17]}>
        {lift => (
          <path
            d={`M14 ${62 + lift}C40 ${70 + lift} 60 ${28 + lift} 84 ${30 + lift}s34 36 60 30 44-24 82-6`}
            fill="none"
            stroke={markVariable('neutral')}
            stroke-width="1.25"
          />
        )}
      </For>
      <path d="M14 63C40 70 60 32 84 33s34 34 60 28 44-22 82-5" class="picture-mean" />
      <For each={points}>{([x, y]) => <path class="picture-ink" d={`M${x} ${y - 6}l5 6-5 6-5-6z`} />}</For>
    </>
  )
}

/** One day made of all: glucose above, insulin of each hour below. */
export function StandardDayPicture() {
  const hours = [8, 7, 9, 10, 9, 12, 30, 34, 14, 10, 9, 26, 32, 16, 10, 9, 12, 24, 36, 20, 11, 9]
  return (
    <>
      <rect x="14" y="28" width="212" height="20" fill={fillVariable('band')} />
      <path
        d="M14 40C30 40 60 44 74 36s14-18 28-14 14 22 28 16 14-18 26-16 18 20 30 14 20-14 40 0"
        class="picture-mean"
      />
      <For each={hours}>
        {(height, index) => (
          <>
            <rect x={14 + index() * 9.7} y={108 - height} width="7.5" height={height} fill={fillVariable('bolus')} />
            <rect x={14 + index() * 9.7} y="101" width="7.5" height="7" fill={fillVariable('basal')} />
          </>
        )}
      </For>
    </>
  )
}

/** Glucose from before a meal to some hours after it, each meal a thin line. */
export function MealsPicture() {
  return (
    <>
      <rect x="14" y="52" width="212" height="34" fill={fillVariable('band')} />
      <path class="picture-rule picture-firm" d="M68 12V98" />
      <For each={[-16, -8, 10, 18]}>
        {lift => (
          <path
            d={`M14 ${66 + lift / 2}h46c24 0 34 ${lift - 36} 60 ${lift - 36}s50 34 106 ${40 - lift}`}
            fill="none"
            stroke={markVariable('neutral')}
            stroke-width="1.25"
          />
        )}
      </For>
      <path d="M14 67h46c24 0 34-36 60-36s50 34 106 38" class="picture-mean" />
      <circle cx="68" cy="104" r="7" fill={markVariable('carbs')} />
      <rect x="82" y="97" width="4" height="14" fill={markVariable('bolus')} />
    </>
  )
}

/** Highs that begin in an hour above the line, lows below it. */
export function EpisodesPicture() {
  const highs = [0, 0, 10, 22, 34, 12, 0, 18, 40, 26, 10, 0, 14, 44, 30, 16]
  const lows = [12, 18, 0, 0, 0, 0, 14, 0, 0, 0, 22, 10, 0, 0, 0, 8]
  const left = (index: number) => 16 + index * 13.2
  return (
    <>
      <For each={highs}>
        {(height, index) => (
          <>
            <rect x={left(index())} y={66 - height} width="9" height={height} fill={fillVariable('high')} />
            <rect x={left(index())} y={66 - height / 3} width="9" height={height / 3} fill={fillVariable('veryHigh')} />
          </>
        )}
      </For>
      <For each={lows}>
        {(height, index) => (
          <>
            <rect x={left(index())} y="70" width="9" height={height} fill={fillVariable('low')} />
            <rect x={left(index())} y="70" width="9" height={height / 3} fill={fillVariable('veryLow')} />
          </>
        )}
      </For>
      <path class="picture-rule picture-firm" d="M14 68H226" />
    </>
  )
}

/** A dot for each day and the line of what they tend to. */
export function TrendsPicture() {
  const days = [70, 58, 76, 62, 50, 66, 54, 60, 44, 58, 40, 48, 36, 46, 30]
  return (
    <>
      <For each={[24, 52, 80, 108]}>{y => <path class="picture-rule" d={`M14 ${y}H226`} />}</For>
      <For each={days}>
        {(y, index) => <circle cx={20 + index() * 14.3} cy={y} r="3" fill={markVariable('bolus')} />}
      </For>
      <path d="M48 68C80 62 110 60 140 52s50-10 80-18" class="picture-mean" />
    </>
  )
}

/** How often each value comes, in the colours of the ranges. */
export function DistributionPicture() {
  const bars = [4, 9, 20, 38, 58, 76, 88, 80, 62, 46, 36, 26, 20, 14, 10, 6]
  const tone = (index: number) =>
    index < 1 ? 'veryLow' : index < 2 ? 'low' : index < 9 ? 'target' : index < 13 ? 'high' : 'veryHigh'
  return (
    <>
      <For each={bars}>
        {(height, index) => (
          <rect
            x={16 + index() * 13.2}
            y={106 - height}
            width="11"
            height={height}
            fill={fillVariable(tone(index()))}
          />
        )}
      </For>
      <path class="picture-rule picture-firm" d="M14 107H226" />
    </>
  )
}
