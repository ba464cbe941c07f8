/** The published vectors that concern glucose; meaning of each in the metrics sheet. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rangeSets, type TargetRanges } from '#records/preferences.ts'
import { MGDL_PER_MMOL, glucoseText, mmolFromMgdl, roundHalfEven } from '#records/units.ts'
import { ea1cPercent, gmiMmolPerMol, gmiPercent } from '#stats/central.ts'
import { type EpisodeKind, findEpisodes, withoutInner } from '#stats/episodes.ts'
import { uniformGrid } from '#stats/grid.ts'
import { classifier, rangeNames, wholePercents } from '#stats/ranges.ts'
import { riskIndex } from '#stats/risk.ts'
import { captures } from '../helpers/captures.ts'
import { expectClose, expectWithin } from '../helpers/close.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import type { Five } from '../helpers/publishedSubjects.ts'

interface Vectors {
  readonly factorMgdlPerMmoll: number
  readonly unitConversion: readonly { mgdl: number; mmolUnrounded: number; mmolShown: string }[]
  readonly rangeClassification: readonly (Readonly<Record<string, string>> & { readonly mgdl: number })[]
  readonly gmiAndEA1c: readonly {
    meanMgdl: number
    gmiPercent: number
    shown: string
    gmiMmolMol: number
    eA1cPercent: number
  }[]
  readonly gri: readonly (Five & { hypoComponent: number; hyperComponent: number; gri: number; zone: string })[]
  readonly tirIntegerReconciliation: readonly { fractions: Five; integerPercent: Five }[]
  readonly episodes: readonly {
    name: string
    minutes: readonly number[]
    mgdl: readonly number[]
    expected: Readonly<Record<string, { count: number; meanDurationMin: number; meanMgdl: number | null }>>
  }[]
}

const folder = captures('cgm')
// Shape as told by the captures' readme.
const vectors: Vectors | undefined = folder
  ? JSON.parse(readFileSync(join(folder, 'vectors-metrics.json'), 'utf8'))
  : undefined

describe.skipIf(!vectors)('the published vectors (need the captures beside the checkout)', () => {
  it('convert units with one factor', () => {
    expect(vectors?.factorMgdlPerMmoll).toBe(MGDL_PER_MMOL)
    for (const { mgdl, mmolUnrounded, mmolShown } of vectors?.unitConversion ?? []) {
      expectClose(mmolFromMgdl(mgdl), mmolUnrounded, `${mgdl} mg/dL`)
      expect(glucoseText(mgdl, 'mmol/L')).toBe(mmolShown)
    }
  })

  it.each(vectors?.rangeClassification ?? [])('classify $mgdl mg/dL, also kept as mmol/L', vector => {
    const mgdlSteps = roundHalfEven(vector.mgdl)
    const mmolSteps = Math.round(roundHalfEven(mmolFromMgdl(vector.mgdl), 1) * 10)
    const inMgdl = (set: TargetRanges) => rangeNames[classifier(set)(mgdlSteps, false)]
    const inMmol = (set: TargetRanges) => rangeNames[classifier(set)(mmolSteps, true)]
    expect(inMgdl(rangeSets.standard)).toBe(vector['standardMgdl'])
    expect(inMmol(rangeSets.standard)).toBe(vector['standardMmol'])
    expect(inMgdl(rangeSets.pregnancy)).toBe(vector['pregnancyMgdl'])
    expect(inMmol(rangeSets.pregnancy)).toBe(vector['pregnancyMmol'])
    expect(inMgdl(rangeSets.older)).toBe(vector['olderMgdl'])
  })

  it('give GMI and eA1c', () => {
    for (const { meanMgdl, gmiPercent: gmi, shown, gmiMmolMol, eA1cPercent } of vectors?.gmiAndEA1c ?? []) {
      expectClose(gmiPercent(meanMgdl), gmi, 'GMI')
      expect(roundHalfEven(gmiPercent(meanMgdl), 1).toFixed(1)).toBe(shown)
      // Printed with four decimals.
      expectWithin(gmiMmolPerMol(meanMgdl), gmiMmolMol, 0.00005, 'GMI in mmol/mol')
      expectClose(ea1cPercent(meanMgdl), eA1cPercent, 'eA1c')
    }
  })

  it('give the risk index and its zone', () => {
    for (const { veryLow, low, high, veryHigh, ...expected } of vectors?.gri ?? []) {
      const index = riskIndex({ veryLow, low, high, veryHigh })
      expectClose(index.hypoComponent, expected.hypoComponent, 'hypo component')
      expectClose(index.hyperComponent, expected.hyperComponent, 'hyper component')
      expectClose(index.gri, expected.gri, 'GRI')
      expect(index.zone).toBe(expected.zone)
    }
  })

  it('reconcile whole percents', () => {
    for (const { fractions, integerPercent } of vectors?.tirIntegerReconciliation ?? []) {
      const percents = wholePercents(rangeNames.map(name => fractions[name]))
      const published = rangeNames.map(name => integerPercent[name])
      // The vector stops at 101 where high has nothing to give; the sheet's rule (§3.4) then takes it from target.
      const excess = published.reduce((sum, percent) => sum + percent, 0) - 100
      expect(percents).toEqual(published.map((percent, i) => (i === 2 ? percent - excess : percent)))
    }
  })

  it.each(vectors?.episodes ?? [])('count episodes: $name', ({ minutes, mgdl, expected }) => {
    // Not at midnight: the grid begins one step after it.
    const start = wall('2024-03-01T08:00')
    const grid = uniformGrid(
      seriesOf(minutes.map((minute, i) => ({ at: start + minute * 60_000, value: mgdl[i] ?? 0 }))),
    )
    const of = (kind: EpisodeKind) => findEpisodes(grid, kind)
    const found = {
      hypo_lv1: of('hypoLevel1'),
      hypo_lv1_excl: withoutInner(of('hypoLevel1'), of('hypoLevel2')),
      hypo_lv2: of('hypoLevel2'),
      hypo_extended: of('hypoExtended'),
      hyper_lv1: of('hyperLevel1'),
      hyper_lv1_excl: withoutInner(of('hyperLevel1'), of('hyperLevel2')),
      hyper_lv2: of('hyperLevel2'),
    }
    for (const [name, episodes] of Object.entries(found)) {
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
      expect(
        {
          count: episodes.length,
          meanDurationMin: mean(episodes.map(episode => episode.minutes)),
          meanMgdl: episodes.length === 0 ? null : mean(episodes.map(episode => episode.meanMgdl)),
        },
        name,
      ).toEqual(expected[name])
    }
  })
})
