/** `npm start` as a person runs it: one address, and nothing left behind when it is ended. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { build, isBuilt } from '../../scripts/build.mjs'
import { root } from '../../scripts/inputs.mjs'

test.skipIf(process.platform === 'win32')('serves the app at the address it prints, and ends with npm', async () => {
  if (!isBuilt()) await build({ quiet: true })
  const npm = spawn('npm', ['start', '--silent'], { cwd: root, env: { ...process.env, PORT: '0' }, stdio: 'pipe' })
  let printed = ''
  const address = await new Promise<string>((resolve, reject) => {
    npm.stdout.setEncoding('utf8').on('data', text => {
      printed += text
      const found = /^Basalt is at (http:\S+)$/m.exec(printed)?.[1]
      if (found) resolve(found)
    })
    npm.on('close', () => reject(new Error(`npm start ended: ${printed}`)))
  })
  const page = await fetch(address, { headers: { Accept: 'text/html' } })
  expect(await page.text()).toContain('<title>Basalt</title>')

  // Only npm is told, as a service manager would do it.
  npm.kill('SIGTERM')
  await once(npm, 'close')
  await expect.poll(() => answers(address), { timeout: 20_000 }).toBe(false)
})

const answers = async (address: string): Promise<boolean> => {
  try {
    return (await fetch(`${address}v1/status`, { headers: { Connection: 'close' } })).ok
  } catch {
    return false
  }
}
