// Reported: no-focused-tests
import { expect, test } from 'vitest'
test.only('is alone', () => expect(1).toBe(1))
