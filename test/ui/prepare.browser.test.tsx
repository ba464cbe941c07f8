/** What is asked before a read: the bridge at hand, the model's questions; and the other way, the meter behind a pump. */
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Model } from '#devices/driver.ts'
import { Read } from '#ui/pages/Read.tsx'
import type { Api } from '#ui/state/api.ts'
import type { Choice, PortChoice } from '#workers/api.ts'
import { succeeded } from '#workers/outcome.ts'
import { mountPage, replaceOnNavigator, seriousFindings } from './mount.tsx'
import { exampleCard, exampleModel, exampleReport, failed, type Script, scriptedApi } from './scriptedApi.ts'

const linkIds = { vendorId: 0x1a79, productId: 0x6200 }
const stickIds = { vendorId: 0x0a21, productId: 0x8001 }

const pump: Model = {
  id: 'example-pump',
  name: 'Example 522, 722',
  manufacturer: 'Example',
  kind: 'pump',
  connections: [
    { transport: 'hid', ...linkIds, bridge: 'link' },
    { transport: 'usb', ...stickIds, bridge: 'stick' },
    { transport: 'serial', ...stickIds, bridge: 'stick', baudRate: 9600 },
  ],
  bridges: [
    {
      id: 'link',
      name: 'Example LINK meter',
      preparation: ['Plug the meter into the computer and wait until its screen is still.'],
      cautions: [{ system: 'android', text: 'Android does not let a page reach this meter.' }],
    },
    {
      id: 'stick',
      name: 'White USB stick',
      preparation: ['Plug the stick in and lay the pump beside it.', 'Leave both still until the end.'],
      cautions: [
        { system: 'windows', text: 'On Windows the stick cannot be opened with the driver of its maker.' },
        { system: 'linux', text: 'On Linux the stick is a serial port.' },
      ],
    },
  ],
  questions: [
    {
      id: 'serial',
      label: 'Serial number of the pump',
      hint: 'Six digits on the back of the pump, or on its STATUS screen.',
      pattern: /\d{6}/,
      problem: 'The serial number has six digits.',
    },
  ],
  standing: 'verified-on-simulator',
  preparation: ['Turn off remote controls of the pump.', 'Look that the pump’s battery is not low.'],
  drawing: 'pump',
}
const meter: Model = { ...exampleModel, connections: [{ transport: 'hid', ...linkIds }] }

const button = (name: string | RegExp) => page.getByRole('button', { name })
const heading = (name: string | RegExp) => page.getByRole('heading', { name, level: 1 })
const radio = (name: string) => page.getByRole('radio', { name })
const serial = page.getByLabelText('Serial number of the pump', { exact: true })
const onLinux = () => replaceOnNavigator('userAgentData', { platform: 'Linux' })
const onWindows = () => replaceOnNavigator('userAgentData', { platform: 'Windows' })

/** The Read page at the pump's preparation, with everything that it told the workers. */
function mountPump(script: Script = {}) {
  const read: PortChoice[] = []
  const remembered: Choice[] = []
  const api: Api = scriptedApi({
    data: {
      rememberChoice: async (_model, choice) => {
        remembered.push(choice)
        return succeeded(undefined)
      },
      ...script.data,
    },
    device: {
      read: async choice => {
        read.push(choice)
        return succeeded(exampleReport())
      },
      ...script.device,
    },
  })
  const root = mountPage(api, () => <Read models={[pump, meter]} />, `/read?model=${pump.id}`)
  return { root, read, remembered }
}

/** Choosers that give the device asked for and write down how they were asked. */
function scriptedChoosers() {
  const asked: unknown[] = []
  const usb = async (options: unknown) => {
    asked.push(['usb', options])
    return stickIds
  }
  const serialPort = async (options: unknown) => {
    asked.push(['serial', options])
    return { getInfo: () => ({ usbVendorId: stickIds.vendorId, usbProductId: stickIds.productId }) }
  }
  const hid = async (options: unknown) => {
    asked.push(['hid', options])
    return [linkIds]
  }
  replaceOnNavigator('usb', { requestDevice: usb, getDevices: async () => [] })
  replaceOnNavigator('serial', { requestPort: serialPort, getPorts: async () => [] })
  replaceOnNavigator('hid', { requestDevice: hid, getDevices: async () => [] })
  return asked
}

const askedSerial = ['serial', { filters: [{ usbVendorId: 0x0a21, usbProductId: 0x8001 }] }]
const askedUsb = ['usb', { filters: [{ vendorId: 0x0a21, productId: 0x8001 }] }]

describe('the bridge at hand', () => {
  test('is asked, and only its own preparation and cautions are shown', async () => {
    onWindows()
    const { root } = mountPump()
    await expect.element(page.getByRole('radiogroup', { name: 'Which of these do you have at hand?' })).toBeVisible()
    expect(root.querySelectorAll('.steps li')).toHaveLength(2)
    await radio('White USB stick').click()
    await expect.element(page.getByText('On Windows the stick cannot be opened')).toBeVisible()
    await expect.element(page.getByText('On Linux the stick is a serial port.')).not.toBeInTheDocument()
    expect([...root.querySelectorAll('.steps li')].map(step => step.textContent)).toEqual([
      'Turn off remote controls of the pump.',
      'Look that the pump’s battery is not low.',
      'Plug the stick in and lay the pump beside it.',
      'Leave both still until the end.',
    ])
    await radio('Example LINK meter').click()
    await expect.element(page.getByText('On Windows the stick cannot be opened')).not.toBeInTheDocument()
    expect(root.querySelectorAll('.steps li')).toHaveLength(3)
    expect(await seriousFindings(root)).toEqual([])
  })

  test('has to be chosen before going on, also with the keyboard alone', async () => {
    scriptedChoosers()
    mountPump()
    await button('Done, go on').click()
    await expect.element(page.getByText('Choose the one you have.')).toBeVisible()
    await expect.element(radio('Example LINK meter')).toHaveFocus()
    await userEvent.keyboard('{ArrowDown}')
    await expect.element(radio('White USB stick')).toBeChecked()
    await expect.element(page.getByText('Choose the one you have.')).not.toBeInTheDocument()
    await userEvent.keyboard('{Tab}123456{Enter}')
    await expect.element(heading('Allow White USB stick')).toHaveFocus()
  })

  test('decides what the browser is asked for, and is handed to the worker', async () => {
    const asked = scriptedChoosers()
    const { read } = mountPump()
    await radio('Example LINK meter').click()
    await serial.fill('123456')
    await button('Done, go on').click()
    await button('Choose the device').click()
    await expect.element(heading(/^Done/)).toBeVisible()
    expect(asked).toEqual([['hid', { filters: [linkIds] }]])
    expect(read).toEqual([
      { transport: 'hid', modelId: pump.id, ...linkIds, bridge: 'link', answers: { serial: '123456' } },
    ])
  })

  test('of two that are allowed already only the chosen one is taken', async () => {
    const permitted = pump.connections.map(({ transport, vendorId, productId, bridge = '' }) => ({
      transport,
      modelId: pump.id,
      vendorId,
      productId,
      bridge,
    }))
    const { read } = mountPump({ device: { permitted: async () => succeeded(permitted) } })
    await radio('White USB stick').click()
    await serial.fill('123456')
    await button('Done, go on').click()
    await expect.element(heading(/^Done/)).toBeVisible()
    expect(read).toMatchObject([{ ...stickIds, bridge: 'stick' }])
  })
})

describe('a bridge with two ways', () => {
  const toAllow = async () => {
    await radio('White USB stick').click()
    await serial.fill('123456')
    await button('Done, go on').click()
    await expect.element(heading('Allow White USB stick')).toBeVisible()
  }

  test('is a serial port first on Linux, with the other way one press away', async () => {
    onLinux()
    const asked = scriptedChoosers()
    const { read } = mountPump()
    await toAllow()
    await button('Reach it as a USB device instead').click()
    await expect.element(heading(/^Done/)).toBeVisible()
    expect(asked).toEqual([askedUsb])
    expect(read).toMatchObject([{ transport: 'usb', bridge: 'stick' }])
  })

  test('is asked for as a serial port on Linux and as a USB device elsewhere', async () => {
    onLinux()
    const asked = scriptedChoosers()
    mountPump()
    await toAllow()
    await button('Choose the device').click()
    await expect.element(heading(/^Done/)).toBeVisible()
    expect(asked).toEqual([askedSerial])
  })

  test('is a USB device first elsewhere; held by another driver, the other way is offered', async () => {
    onWindows()
    const asked = scriptedChoosers()
    const read: PortChoice[] = []
    const { remembered } = mountPump({
      device: {
        read: async choice => {
          read.push(choice)
          return choice.transport === 'usb' ? failed('device-in-use') : succeeded(exampleReport())
        },
      },
    })
    await toAllow()
    await button('Choose the device').click()
    await expect.element(page.getByRole('heading', { name: 'Another program is using the device' })).toBeVisible()
    await expect.element(page.getByText(/it can be reached in the other way/)).toBeVisible()
    await expect.element(page.getByText('Leave both still until the end.')).toBeVisible()
    expect(remembered).toEqual([])
    await button('Reach it as a serial port instead').click()
    await expect.element(heading('Allow White USB stick')).toBeVisible()
    await button('Choose the device').click()
    await expect.element(heading(/^Done/)).toBeVisible()
    expect(asked).toEqual([askedUsb, askedSerial])
    expect(read.map(({ transport }) => transport)).toEqual(['usb', 'serial'])
    // What worked is remembered.
    expect(remembered).toEqual([{ bridge: 'stick', transport: 'serial', answers: { serial: '123456' } }])
  })

  test('may be left for the other bridge after a failure', async () => {
    onWindows()
    const asked = scriptedChoosers()
    mountPump({ device: { read: async () => failed('out-of-range') } })
    await toAllow()
    await button('Choose the device').click()
    await button('Look at the preparation again').click()
    await expect.element(radio('White USB stick')).toBeChecked()
    await expect.element(serial).toHaveValue('123456')
    await radio('Example LINK meter').click()
    await button('Done, go on').click()
    await button('Choose the device').click()
    await expect.poll(() => asked).toEqual([askedUsb, ['hid', { filters: [linkIds] }]])
  })
})

describe('a question', () => {
  test('says what is wrong when the field is left, and no sooner', async () => {
    mountPump()
    await expect.element(page.getByText('Six digits on the back of the pump')).toBeVisible()
    await serial.click()
    await userEvent.keyboard('12345')
    await expect.element(page.getByText('The serial number has six digits.')).not.toBeInTheDocument()
    await userEvent.keyboard('{Tab}')
    await expect.element(page.getByText('The serial number has six digits.')).toBeVisible()
    await expect.element(serial).toHaveAttribute('aria-invalid', 'true')
    await serial.fill('123456')
    await expect.element(page.getByText('The serial number has six digits.')).not.toBeInTheDocument()
  })

  test('has to be answered before going on', async () => {
    const { read } = mountPump()
    await radio('Example LINK meter').click()
    await button('Done, go on').click()
    await expect.element(page.getByText('The serial number has six digits.')).toBeVisible()
    await expect.element(serial).toHaveFocus()
    expect(read).toEqual([])
  })

  test('has the last answer in it, offers earlier ones, and takes a new one', async () => {
    const choices = async () =>
      succeeded({ bridge: 'link', transport: 'hid' as const, answers: { serial: ['123456', '654321'] } })
    const permitted = async () =>
      succeeded([{ transport: 'hid' as const, modelId: pump.id, ...linkIds, bridge: 'link' }])
    const { root, read } = mountPump({ data: { choices }, device: { permitted } })
    await expect.element(serial).toHaveValue('123456')
    await expect.element(radio('Example LINK meter')).toBeChecked()
    await button('Serial number of the pump: 654321, used before').click()
    await expect.element(serial).toHaveValue('654321')
    await expect.element(button('Serial number of the pump: 123456, used before')).toBeVisible()
    expect(await seriousFindings(root)).toEqual([])
    await serial.fill(' 111222 ')
    await button('Done, go on').click()
    await expect.element(heading(/^Done/)).toBeVisible()
    expect(read).toMatchObject([{ answers: { serial: '111222' } }])
  })

  test('is not asked for a simulated device', async () => {
    const api = scriptedApi()
    mountPage(api, () => <Read models={[pump]} />, `/read?model=${pump.id}&scenario=weeks`)
    await expect.element(button('Read the simulated device')).toBeVisible()
    await expect.element(serial).not.toBeInTheDocument()
    await expect.element(radio('White USB stick')).not.toBeInTheDocument()
    await button('Read the simulated device').click()
    await expect.element(heading(/^Done/)).toBeVisible()
  })
})

describe('after the read', () => {
  test('the meter that it went through is offered, and read with one press', async () => {
    const permitted = async () =>
      succeeded([{ transport: 'hid' as const, modelId: pump.id, ...linkIds, bridge: 'link' }])
    const { read } = mountPump({ device: { permitted } })
    await radio('Example LINK meter').click()
    await serial.fill('123456')
    await button('Done, go on').click()
    await button('Read the meter itself too').click()
    await expect.poll(() => read.length).toBe(2)
    expect(read[1]).toEqual({ transport: 'hid', modelId: meter.id, ...linkIds })
    await expect.element(heading(/^Done/)).toBeVisible()
    await expect.element(button('Read the meter itself too')).not.toBeInTheDocument()
    expect(location.hash).toBe(`#/read?model=${meter.id}`)
  })

  test.each([
    ['known', [exampleCard()], 'Everything on the device was already here.'],
    ['new', [exampleCard({ counts: {}, reads: [] })], 'The device holds no values yet.'],
    // The settings that it told count as entries of the device, but it has given nothing yet.
    ['new but set up', [exampleCard({ counts: { event: 15 }, reads: [] })], 'The device holds no values yet.'],
  ])('that brought nothing of a %s device it says the right thing', async (_, cards, text) => {
    const report = exampleReport({ devices: exampleReport().devices.map(device => ({ ...device, tally: {} })) })
    const api = scriptedApi({
      device: { read: async () => succeeded(report) },
      data: { devices: async () => succeeded(cards) },
    })
    mountPage(api, () => <Read models={[meter]} />, `/read?model=${meter.id}&scenario=weeks`)
    await button('Read the simulated device').click()
    await expect.element(page.getByText(text)).toBeVisible()
  })

  test('that was cut short, it says how much had come, what to do, and reads on', async () => {
    const report = exampleReport({ result: 'partial', endedBy: { code: 'weak-radio', step: 'reading page 12 of 36' } })
    let reads = 0
    const permitted = async () =>
      succeeded([{ transport: 'hid' as const, modelId: pump.id, ...linkIds, bridge: 'link' }])
    mountPump({
      device: {
        permitted,
        read: async (_choice, onProgress) => {
          reads += 1
          onProgress({ stage: 'reading', done: 12, total: 36, unit: 'pages' })
          onProgress({ stage: 'saving', done: 0, unit: '' })
          return succeeded(report)
        },
      },
    })
    await radio('Example LINK meter').click()
    await serial.fill('123456')
    await button('Done, go on').click()
    await expect.element(heading('Saved what had arrived')).toBeVisible()
    await expect.element(page.getByText('12 of 36 pages had arrived.')).toBeVisible()
    await expect.element(page.getByText(/Lay the pump within a hand’s width/)).toBeVisible()
    await expect.element(page.getByText('Plug the meter into the computer and wait')).toBeVisible()
    await expect.element(button('Read the meter itself too')).not.toBeInTheDocument()
    await button('Read on').click()
    await expect.poll(() => reads).toBe(2)
  })
})
