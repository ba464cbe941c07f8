/**
 * How fast history pages of a Paradigm pump are checked and cut: the pages of one captured pump over and over, in one
 * process. `folder` holds `history-*.bin`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pageCrcIsRight } from '#devices/paradigm/decode/crc16.ts'
import { familyOf } from '#devices/paradigm/decode/family.ts'
import { cutHistoryPage } from '#devices/paradigm/decode/historyPage.ts'

const MEASURED_MS = 1500

/** Pages a second with checksum and cutting, and how many records a page holds. */
export function cutPages(folder: string, model: string): { pagesPerSecond: number; recordsPerPage: number } {
  const family = familyOf(model)
  const pages = readdirSync(folder)
    .filter(name => /^history-\d+\.bin$/.test(name))
    .map(name => new Uint8Array(readFileSync(join(folder, name))))
  if (!family || pages.length === 0) throw new Error(`No history pages of a ${model} in ${folder}`)
  let [cut, records] = [0, 0]
  const round = (): void => {
    pages.forEach((bytes, page) => {
      if (!pageCrcIsRight(bytes)) throw new Error('A page with a wrong checksum')
      records += cutHistoryPage(bytes, page, family).records.length
      cut++
    })
  }
  round()
  ;[cut, records] = [0, 0]
  const started = performance.now()
  while (performance.now() - started < MEASURED_MS) round()
  return { pagesPerSecond: cut / ((performance.now() - started) / 1000), recordsPerPage: records / cut }
}
