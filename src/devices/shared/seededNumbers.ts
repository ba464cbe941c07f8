/**
 * Numbers that look like chance and are always the same: for what simulated devices remember. Not for secrets.
 */

/** Numbers from 0 to 1, the same for the same seed: a linear congruential generator modulo 2^32. */
export function seededNumbers(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  next()
  return next
}
