/**
 * Variability, risk indices, MAGE and time-of-day percentiles of thirteen people, against numbers that another program
 * computed (R's iglu; the hourly profile: an independent calculation). Tolerances as the captures' readme says.
 */
import { describe, expect, it } from 'vitest'
import { meanAndSd } from '#stats/central.ts'
import { mergeSeries } from '#stats/dedupe.ts'
import { flatGrid } from '#stats/flatGrid.ts'
import { uniformGrid } from '#stats/grid.ts'
import { cogi, glycaemicControl, grade, jIndex, kovatchev, medianAbsoluteDeviation, mValue } from '#stats/indices.ts'
import { mage } from '#stats/mage.ts'
import { ambulatoryProfile, AMBULATORY_PERCENTILES, profileOf } from '#stats/timeOfDay.ts'
import { conga, deviations, gvpPercent, mag, modd } from '#stats/variability.ts'
import { expectClose, expectWithin } from '../helpers/close.ts'
import { folder, MAGE_TOLERANCE, subjects } from '../helpers/publishedSubjects.ts'

/** R and JSON round the percentiles of a slot to one decimal. */
const ONE_DECIMAL = 0.0500001

describe.skipIf(!folder)('thirteen published subjects (need the captures beside the checkout)', () => {
  describe.each(subjects)('$name', ({ raw, expected }) => {
    const flat = flatGrid(uniformGrid(raw))
    const { mean, sd } = meanAndSd(raw.mgdl, raw.intervalMs, 0, raw.time.length)

    it('has the published risk indices', () => {
      const { lbgi, hbgi, adrr } = kovatchev(raw.time, raw.mgdl)
      expectClose(lbgi, expected.lbgi, 'LBGI')
      expectClose(hbgi, expected.hbgi, 'HBGI')
      expectClose(adrr, expected.adrr, 'ADRR')
      expectClose(jIndex(mean, sd), expected.j_index, 'J-index')
      expectClose(mValue(raw.mgdl), expected.m_value, 'M-value')
      expectClose(medianAbsoluteDeviation(raw.mgdl.toSorted()), expected.mad, 'MAD')
      const { grade: whole, hypoPercent, hyperPercent } = grade(raw.mgdl)
      expectClose(whole, expected.grade, 'GRADE')
      expectClose(hypoPercent, expected.grade_hypo, 'GRADE hypo')
      expectClose(hyperPercent, expected.grade_hyper, 'GRADE hyper')
      // The published middle share begins at 70, as in the original, though the lower one ends at 80.
      expectClose(grade(raw.mgdl, 70).euPercent, expected.grade_eugly, 'GRADE eu, from 70')
      const { hyperIndex, hypoIndex, igc } = glycaemicControl(raw.mgdl)
      expectClose(hyperIndex, expected.hyper_index, 'hyper index')
      expectClose(hypoIndex, expected.hypo_index, 'hypo index')
      expectClose(igc, expected.igc, 'IGC')
      const target = expected.in_range['in_range_70_180'] ?? Number.NaN
      expectClose(cogi(target, expected.below['below_70'] ?? Number.NaN, sd), expected.cogi, 'COGI')
    })

    it('has the published variability within and between days', () => {
      for (const hours of [1, 2, 4, 24])
        expectClose(conga(flat, hours), expected.conga[`conga${hours}`] ?? -1, `CONGA ${hours}`)
      expectClose(modd(flat), expected.modd, 'MODD')
      expectClose(gvpPercent(flat), expected.gvp, 'GVP')
      // The deviation of the rate of change over a quarter of an hour, in mg/dL a minute, is CONGA of that quarter.
      expectClose(conga(flat, 0.25) / 15, expected.sd_roc, 'deviation of the rate of change')
      expectClose(mag(flat), expected.mag['mag_default'] ?? -1, 'MAG')
      expectClose(mag(flat, 60), expected.mag['mag_60'] ?? -1, 'MAG 60')
      const all = deviations(flat)
      expectClose(all.withinDays, expected.sd_measures['SDw'] ?? -1, 'SDw')
      expectClose(all.ofTimesOfDay, expected.sd_measures['SDhhmm'] ?? -1, 'SDhh:mm')
      expectClose(all.withinHours, expected.sd_measures['SDwsh'] ?? -1, 'SDwsh')
      expectClose(all.ofDailyMeans, expected.sd_measures['SDdm'] ?? -1, 'SDdm')
      expectClose(all.betweenDays, expected.sd_measures['SDb'] ?? -1, 'SDb')
      expectClose(all.betweenDaysCorrected, expected.sd_measures['SDbdm'] ?? -1, 'SDbdm')
      expectClose(all.cvMeanPercent, expected.cv_measures['CVmean'] ?? -1, 'CVmean')
      expectClose(all.cvSdPercent, expected.cv_measures['CVsd'] ?? -1, 'CVsd')
    })

    it('has the published MAGE', () => {
      for (const [name, value] of Object.entries(mage(raw))) {
        const published = expected.mage[name] ?? Number.NaN
        expectWithin(value, published, MAGE_TOLERANCE, name)
      }
    })

    it('is not the naive MAGE, which the sheet (§7.2) forbids', () => {
      const naive = raw.mgdl.map(value => Math.abs(value - mean)).filter(distance => distance > sd)
      expectClose(naive.reduce((sum, distance) => sum + distance, 0) / naive.length, expected.mage_naive, 'naive MAGE')
      expect(Math.abs(mage(raw).avg / expected.mage_naive - 1)).toBeGreaterThan(0.1)
    })

    it('has the independent hourly profile, raw and smoothed', () => {
      const merged = mergeSeries([raw])
      const { percentiles, n, raw: rawHours, smoothed141 } = expected.consensusStyle.agpHourly
      const hours = profileOf(merged, 60, AMBULATORY_PERCENTILES)
      const smooth = ambulatoryProfile(merged)
      expect(AMBULATORY_PERCENTILES.map(p => p * 100)).toEqual(percentiles)
      expect([...hours.count]).toEqual(n)
      for (let hour = 0; hour < 24; hour++) {
        AMBULATORY_PERCENTILES.forEach((p, which) => {
          const where = `${p} at ${hour} h`
          expectClose(hours.percentiles[which]?.[hour] ?? -1, rawHours[hour]?.[which] ?? Number.NaN, where)
          expectClose(
            smooth.percentiles[which]?.[hour] ?? -1,
            smoothed141[hour]?.[which] ?? Number.NaN,
            `${where}, smoothed`,
          )
        })
      }
    })

    it('has the published percentiles of each quarter of an hour', () => {
      const wanted = [0.05, 0.25, 0.5, 0.75, 0.95]
      const quarters = profileOf(raw, 15, wanted)
      expect(expected.agp_15min_raw.map(({ minuteOfDay }) => minuteOfDay)).toEqual(
        Array.from(quarters.count, (_, slot) => slot * 15),
      )
      for (const { minuteOfDay, n, p } of expected.agp_15min_raw) {
        const slot = minuteOfDay / 15
        expect(quarters.count[slot]).toBe(n)
        p.forEach((value, which) => {
          expectWithin(
            quarters.percentiles[which]?.[slot] ?? -1,
            value,
            ONE_DECIMAL,
            `${wanted[which]} at ${minuteOfDay}`,
          )
        })
      }
    })
  })
})
