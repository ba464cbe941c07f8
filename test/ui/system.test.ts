import { expect, test } from 'vitest'
import { systemOf } from '#ui/state/system.ts'

const chrome = (inBrackets: string) =>
  `Mozilla/5.0 (${inBrackets}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36`

test.each([
  ['Windows NT 10.0; Win64; x64', 'windows'],
  ['Macintosh; Intel Mac OS X 10_15_7', 'macos'],
  ['X11; Linux x86_64', 'linux'],
  ['X11; CrOS x86_64 14541.0.0', 'chromeos'],
  ['Linux; Android 10; K', 'android'],
  ['PlayStation 5', undefined],
])('a browser that calls itself %s runs on %s', (inBrackets, expected) => {
  expect(systemOf({ userAgent: chrome(inBrackets) })).toBe(expected)
})

test.each([
  ['Windows', 'windows'],
  ['macOS', 'macos'],
  ['Linux', 'linux'],
  ['Chrome OS', 'chromeos'],
  ['Chromium OS', 'chromeos'],
  ['Android', 'android'],
  ['', 'linux'],
])('the platform %j of a Chromium browser wins: %s', (platform, expected) => {
  expect(systemOf({ userAgent: chrome('X11; Linux x86_64'), userAgentData: { platform } })).toBe(expected)
})
