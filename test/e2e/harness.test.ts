/** The watch that every story relies on: each thing that must never happen is done once here, and must be noticed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Harness, seriousFindings, startHarness } from './harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'basalt-probe-'))
let basalt: Harness

const files = {
  'index.html':
    '<!doctype html><html lang="en"><title>Probe</title><main><h1>Probe</h1><button></button></main><script type="module" src="/assets/probe.js"></script>',
  'assets/probe.js': `
    trustedTypes.createPolicy('default', { createScriptURL: url => url })
    const probes = {
      '#foreign': () => fetch('http://127.0.0.1:9/').catch(() => {}),
      '#image': () => { new Image().src = 'http://127.0.0.1:9/a.png' },
      '#inline': () => { const s = document.createElement('style'); s.textContent = 'a{}'; document.head.append(s) },
      '#html': () => { document.body.innerHTML = '<b>text</b>' },
      '#eval': () => { globalThis.result = new Function('return 1')() },
      '#throws': () => { throw new Error('on purpose') },
      '#logs': () => console.error('a complaint'),
      '#worker': () => new Worker('/assets/worker.js', { type: 'module' }),
      '#asking-worker': () => new Worker('/assets/asking.js', { type: 'module' }),
    }
    addEventListener('hashchange', () => setTimeout(() => { probes[location.hash]?.(); document.title = location.hash }))
  `,
  'assets/worker.js': "console.error('a complaint of a worker')",
  // A moment after its start: the watch on a worker begins only once it runs.
  'assets/asking.js': "setTimeout(() => fetch('http://127.0.0.1:9/').catch(() => {}), 300)",
}

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  basalt = await startHarness({ appFolder: folder })
})

afterAll(async () => {
  await basalt?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a page that does nothing wrong has no problems', async () => {
  await basalt.page.goto(basalt.url('/'))
  expect(basalt.problems()).toEqual([])
})

test.each([
  ['#foreign', /Content Security Policy/],
  ['#image', /Content Security Policy/],
  ['#inline', /Content Security Policy/],
  ['#html', /TrustedHTML/],
  ['#eval', /Content Security Policy|unsafe-eval|TrustedScript/],
  ['#throws', /uncaught: Error: on purpose/],
  ['#logs', /console: a complaint/],
  ['#worker', /a complaint of a worker/],
  ['#asking-worker', /Content Security Policy/],
])('%s is noticed', async (hash, expected) => {
  const before = basalt.problems().length
  await basalt.page.evaluate(to => {
    location.hash = to
  }, hash)
  await expect.poll(() => basalt.problems().slice(before).join('\n')).toMatch(expected)
})

test('a request that does leave is noticed', async () => {
  const page = await basalt.context.newPage()
  await page.goto('http://127.0.0.1:9/').catch(() => undefined)
  await page.close()
  expect(basalt.problems()).toContain('request to another origin: http://127.0.0.1:9/')
})

test('expected errors are left out', () => {
  basalt.expectErrors(/.*/)
  expect(basalt.problems().every(problem => problem.startsWith('request'))).toBe(true)
})

test('axe finds the button without a name', async () => {
  expect(await seriousFindings(basalt.page)).toEqual([expect.stringContaining('button-name')])
})

test('a stopped server can be started again at the same address', async () => {
  await basalt.server.stop()
  await expect(fetch(basalt.url('/v1/status'))).rejects.toThrow()
  await basalt.server.start(folder)
  expect((await fetch(basalt.url('/v1/status'))).status).toBe(200)
})
