/** Every wait of the bench ends, and says what it has waited for. */

/** Rejects with the name of what was waited for when `promise` is not settled in time. */
export async function within<T>(timeoutMs: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${timeoutMs / 1000} s for ${what}`)), timeoutMs)
  })
  try {
    return await Promise.race([promise, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** Asks again and again until the answer is not `undefined`; the last reason why not is part of the message. */
export async function eventually<T>(
  timeoutMs: number,
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  pauseMs = 100,
): Promise<T> {
  const endMs = Date.now() + timeoutMs
  let last = ''
  for (;;) {
    try {
      const answer = await within(Math.max(1, endMs - Date.now()), what, Promise.resolve(ask()))
      if (answer !== undefined) return answer
    } catch (error) {
      last = `: ${error instanceof Error ? error.message : String(error)}`
    }
    if (Date.now() >= endMs) throw new Error(`waited ${timeoutMs / 1000} s for ${what}${last}`)
    await pause(pauseMs)
  }
}

export const pause = (ms: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, ms)
  })
