import { expect, it } from 'vitest'
import { breathing } from '#store/breathing.ts'

/** Chunks that all lie ready, each costing some work. */
async function* ready(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) {
    const end = performance.now() + 20
    while (performance.now() < end);
    yield i
  }
}

it('gives every chunk in order, and lets a message in long before the end', async () => {
  const seen: number[] = []
  let heardAfter = -1
  setTimeout(() => {
    heardAfter = seen.length
  }, 0)
  for await (const chunk of breathing(ready(20))) seen.push(chunk)
  expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i))
  expect(heardAfter).toBeGreaterThan(0)
  expect(heardAfter).toBeLessThan(10)
})
