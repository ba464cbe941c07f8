/** The link meter is a glucose meter too: after the pump was read, and after a read that failed, its own results are. */
import { expect, it } from 'vitest'
import { driver as contour } from '#devices/contour/driver.ts'
import { models as contourModels } from '#devices/contour/models.ts'
import { driver } from '#devices/minimed-600/driver.ts'
import { models } from '#devices/minimed-600/models.ts'
import { codeOf, read } from '../reading.ts'
import { pairOf, type PumpFill } from './pumps.ts'

const results = [104, 87, 231].map((value, i) => `R|${i + 1}|^^^Glucose|${value}|mg/dL^P||M0/T1||2026031408${10 + i}00`)

it.each<[string, PumpFill, string | undefined]>([
  ['the pump was read', { days: 8 }, undefined],
  ['the pump was out of range', { linked: { outOfRange: true } }, 'out-of-range'],
  ['the pump was lost in the middle', { days: 8, airFault: n => (n > 60 ? 'lose' : undefined) }, 'out-of-range'],
])('the Contour driver reads the meter at once after %s', async (_, fill, code) => {
  const [pumpModel] = models
  const meterModel = contourModels.find(({ id }) => id === 'contour-next-link-24')
  if (!pumpModel || !meterModel) throw new Error('no models')
  const { meter } = pairOf({ ...fill, meter: { results } })
  const pumpRead = await read({ driver, model: pumpModel, simulator: meter })
  expect(pumpRead.error === undefined ? undefined : codeOf(pumpRead.error)).toBe(code)

  const meterRead = await read({ driver: contour, model: meterModel, simulator: meter })
  expect(meterRead.download?.complete).toBe(true)
  if (!meterRead.download) throw meterRead.error
  const decoded = contour.decode(meterRead.download)
  expect(decoded.device.serial).toBe('6213-0000123')
  expect(decoded.records.map(record => ('value' in record ? record.value : undefined))).toEqual([104, 87, 231])
})
