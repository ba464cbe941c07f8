/** Settings from the environment, as README names them. */
import { expect, test } from 'vitest'
import { SettingsError, settingsFrom } from '../../server/settings.ts'

test('without any setting the server is for this computer only, on port 4810', () => {
  expect(settingsFrom({})).toEqual({ port: 4810, host: '127.0.0.1', https: false, appFolder: undefined })
})

test('takes port, host, https and the app folder from the environment', () => {
  const environment = { PORT: '80', HOST: '0.0.0.0', BASALT_HTTPS: '1', BASALT_APP: '/srv/app' }
  expect(settingsFrom(environment)).toEqual({ port: 80, host: '0.0.0.0', https: true, appFolder: '/srv/app' })
})

test('empty settings count as not given', () => {
  expect(settingsFrom({ PORT: '', HOST: '', BASALT_HTTPS: '' })).toEqual(settingsFrom({}))
})

test.each([{ PORT: 'http' }, { PORT: '-1' }, { PORT: '65536' }, { PORT: '80.5' }, { BASALT_HTTPS: 'yes' }])(
  'refuses %o',
  environment => expect(() => settingsFrom(environment)).toThrow(SettingsError),
)
