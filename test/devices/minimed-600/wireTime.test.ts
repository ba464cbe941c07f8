import { expect, it } from 'vitest'
import { readTimed } from './wireTime.ts'

it('reads 90 days in at most 1.1 times what the radio takes, and loses no time beyond what the protocol prescribes', async () => {
  const { tookMs, wireMs, prescribedMs, segments } = await readTimed()
  // As the sheet has it (§20): about 3,900 packets, and those of blocks that lie across the border of two slices.
  expect(segments).toBeGreaterThan(3900)
  expect(tookMs / wireMs).toBeLessThanOrEqual(1.1)
  expect(tookMs / (wireMs + prescribedMs)).toBeLessThanOrEqual(1.02)
})
