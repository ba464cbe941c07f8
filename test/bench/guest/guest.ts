/**
 * The guest: a small Linux in QEMU that runs the host's own programs on a kernel with virtual USB ports. Boots it, runs
 * shell scripts in it, and makes sure that it ends. Knows nothing of devices and browsers.
 */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { eventually, pause } from '../deadlines.ts'
import { favour, spawnTied } from '../tied.ts'
import { makeInitramfs } from './initramfs.ts'
import type { Kernel } from './prepare.ts'

/** The host's loopback, seen from the guest. */
export const HOST_ADDRESS = '10.0.2.2'
const GUEST_ADDRESS = '10.0.2.15'
/** Where `start.sh` takes scripts. */
const SCRIPT_PORT = 9221
/** Forwarded to the host, for the browser's debugging port. */
export const BROWSER_PORT = 9222

/** It takes 10 s on two idle cores. */
const BOOT_MS = 120_000
/** How long a switched-off QEMU may take to be gone. */
const END_MS = 10_000
const MEMORY_MB = 4096

export interface Guest {
  /** The host's port that leads to {@link BROWSER_PORT}. */
  readonly browserPort: number
  /** Still switched on, as far as QEMU can tell. */
  isRunning(): boolean
  /** Runs a shell script as root and returns what it printed. Throws when it fails or takes too long. */
  run(script: string, what: string, timeoutMs?: number): Promise<string>
  /** Switches it off. Never throws; safe to call twice. */
  stop(): Promise<void>
}

export interface GuestOptions {
  readonly kernel: Kernel
  /** For the initramfs and `guest.log`, everything that the guest's kernel and `start.sh` say. */
  readonly folder: string
}

/** Boots the guest and waits until it takes scripts. */
export async function startGuest({ kernel, folder }: GuestOptions): Promise<Guest> {
  const initramfs = await makeInitramfs(kernel, folder)
  const [scriptPort, browserPort] = [await freePort(), await freePort()]
  const forward = (from: number, to: number) => `hostfwd=tcp:127.0.0.1:${from}-${GUEST_ADDRESS}:${to}`
  const accelerators = (process.env['BENCH_ACCEL'] ?? 'tcg,thread=multi').split('+').flatMap(each => ['-accel', each])
  // Without being told, the kernel does not trust QEMU's TSC, and each look at the clock becomes a slow device access.
  const clock = ['tsc=reliable', 'clocksource=tsc']
  const commandLine = [
    'console=ttyS0',
    'quiet',
    'panic=-1',
    'mitigations=off',
    ...clock,
    `BASALT_KERNEL=${kernel.folder}`,
  ]
  const qemu = spawnTied('qemu-system-x86_64', [
    ...accelerators,
    // All that the emulator can: the default lacks instructions that Chromium then does without, which is slower.
    ...['-cpu', 'max', '-smp', '2', '-m', String(MEMORY_MB), '-no-reboot'],
    ...['-display', 'none', '-vga', 'none', '-monitor', 'none', '-serial', 'stdio'],
    ...['-kernel', join(kernel.folder, 'boot', `vmlinuz-${kernel.version}`), '-initrd', initramfs],
    ...['-append', commandLine.join(' ')],
    ...['-fsdev', 'local,id=root,path=/,security_model=none,readonly=on,multidevs=remap'],
    ...['-device', 'virtio-9p-pci,fsdev=root,mount_tag=hostroot'],
    ...['-netdev', `user,id=net,${forward(scriptPort, SCRIPT_PORT)},${forward(browserPort, BROWSER_PORT)}`],
    ...['-device', 'virtio-net-pci,netdev=net,romfile='],
  ])
  favour(qemu.pid)
  let ended = false
  // Never rejects: a program that cannot be started ends as well.
  const closed = new Promise<void>(resolve => {
    const end = () => {
      ended = true
      resolve()
    }
    qemu.on('close', end).on('error', end)
  })
  const log = createWriteStream(join(folder, 'guest.log'))
  qemu.stdout.pipe(log, { end: false })
  qemu.stderr.pipe(log, { end: false })

  let said = ''
  qemu.stdout.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  })
  const guest: Guest = {
    browserPort,
    isRunning: () => !ended,
    run: (script, what, timeoutMs = 60_000) => runScript(scriptPort, script, what, timeoutMs),
    async stop() {
      if (!ended) qemu.kill('SIGKILL')
      await Promise.race([closed, pause(END_MS)])
      log.end()
    },
  }
  try {
    const ready = eventually(BOOT_MS, 'the guest to boot', () => {
      if (ended) return 'ended'
      if (!said.includes('BENCH READY')) return undefined
      return guest.run('true', 'the guest to take a script', 20_000).then(() => 'ready')
    })
    if ((await ready) === 'ended') throw new Error('QEMU ended')
    return guest
  } catch (error) {
    await guest.stop()
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`${why}; what it said is in ${join(folder, 'guest.log')}`)
  }
}

/** One connection a script: it goes to a shell's input, and what the shell prints comes back. */
function runScript(port: number, script: string, what: string, timeoutMs: number): Promise<string> {
  const END = '== bench: ended with '
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('utf8')
  let printed = ''
  const finished = new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${what}: ${why}; it printed: ${printed.trim() || 'nothing'}`))
    socket.on('data', (text: string) => {
      printed += text
      const [, said = '', status] = /^(.*)== bench: ended with (\d+)\n/s.exec(printed) ?? []
      // The connection itself may stay open: programs that the script has left running hold it.
      if (status === '0') resolve(said.trimEnd())
      else if (status !== undefined) fail(`the script ended with ${status}`)
    })
    socket.on('error', error => fail(error.message))
    socket.on('close', () => fail('the guest hung up'))
    socket.setTimeout(timeoutMs, () => fail(`nothing for ${timeoutMs / 1000} s`))
  })
  // A subshell, so that `exit` ends the script and not the line with its status.
  socket.write(`(\n${script}\n)\necho "${END}$?"\n`)
  return finished.finally(() => socket.destroy())
}

/** A port that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
