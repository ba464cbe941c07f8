/** Real CareLink exports as rows of boluses: nothing lost, nothing twice, and each screen finds its own bolus. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { therapyRows } from '#reports/wizards.ts'
import { captures } from '../helpers/captures.ts'
import { importCareLink } from '../helpers/imported.ts'

const folder = captures('carelink-csv')

describe.skipIf(!folder)('real exports (need the captures beside the checkout)', () => {
  it.each([
    ['raw-de-paradigm722-2013.csv', 0],
    // Eleven screens within minutes of one another, on a clock that was set in between.
    ['raw-us-paradigm515-clockchanges-2000.csv', 0],
    ['raw-us-paradigm522-2012-02.csv', 0],
    ['raw-us-revel523-cgm-2015.csv', 1],
    ['raw-us-revel723-2013.csv', 0],
    ['v2-mmol-780g-autobasal-2023.csv', 0],
    ['v3-mgdl-640g-780g-2022-trimmed.csv', 26],
    ['v3-mgdl-780g-2025-11-04.csv', 0],
  ])('%s keeps every record once and joins every delivered screen', async (name, dualBoluses) => {
    if (!folder) return
    const { records } = await importCareLink(join(folder, name))
    const rows = therapyRows(records)
    const entries = records.filter(({ type }) => type === 'bolus' || type === 'wizard' || type === 'food')
    const inRows = rows.flatMap(({ bolus, secondPart, wizard, food }) => [bolus, secondPart, wizard, food])
    expect(inRows.flatMap(entry => entry?.id ?? []).toSorted()).toEqual(entries.map(({ id }) => id).toSorted())
    const alone = rows.filter(({ bolus, wizard }) => wizard?.delivered === true && !bolus)
    expect(alone).toEqual([])
    // A screen is seconds before its bolus, never after it.
    const gapsMs = rows.flatMap(({ at, bolus, wizard }) => (bolus && wizard ? [at - wizard.deviceTime] : []))
    expect(Math.min(...gapsMs)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...gapsMs)).toBeLessThanOrEqual(15_000)
    expect(rows.filter(({ secondPart }) => secondPart).length).toBe(dualBoluses)
  })

  it('of a pump whose clock was set show no change of an amount that nobody changed', async () => {
    if (!folder) return
    const { records } = await importCareLink(join(folder, 'raw-us-paradigm515-clockchanges-2000.csv'))
    expect(therapyRows(records).flatMap(({ overrideUnits }) => overrideUnits ?? [])).toEqual([])
  })
})
