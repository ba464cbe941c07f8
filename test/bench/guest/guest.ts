/**
 * The guest: a small Linux in QEMU that runs the host's own programs on a kernel with virtual USB ports. Boots it, runs
 * shell scripts in it, and makes sure that it ends. Knows nothing of devices and browsers.
 */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { eventually } from '../deadlines.ts'
import { spawnTied } from '../tied.ts'
import { makeInitramfs } from './initramfs.ts'
import type { Kernel } from './prepare.ts'

/** The host's loopback, seen from the guest. */
export const HOST_ADDRESS = '10.0.2.2'
const GUEST_ADDRESS = '10.0.2.15'
/** Where `start.sh` takes scripts. */
const SCRIPT_PORT = 9221
/** Forwarded to the host, for the browser's debugging port. */
export const BROWSER_PORT = 9222

const BOOT_MS = 120_000
const MEMORY_MB = 4096

export interface Guest {
  /** The host's port that leads to {@link BROWSER_PORT}. */
  readonly browserPort: number
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
    ...['-smp', '2', '-m', String(MEMORY_MB), '-no-reboot'],
    ...['-display', 'none', '-vga', 'none', '-monitor', 'none', '-serial', 'stdio'],
    ...['-kernel', join(kernel.folder, 'boot', `vmlinuz-${kernel.version}`), '-initrd', initramfs],
    ...['-append', commandLine.join(' ')],
    ...['-fsdev', 'local,id=root,path=/,security_model=none,readonly=on,multidevs=remap'],
    ...['-device', 'virtio-9p-pci,fsdev=root,mount_tag=hostroot'],
    ...['-netdev', `user,id=net,${forward(scriptPort, SCRIPT_PORT)},${forward(browserPort, BROWSER_PORT)}`],
    ...['-device', 'virtio-net-pci,netdev=net,romfile='],
  ])
  const closed = once(qemu, 'close')
  const log = createWriteStream(join(folder, 'guest.log'))
  qemu.stdout.pipe(log, { end: false })
  qemu.stderr.pipe(log, { end: false })

  const guest: Guest = {
    browserPort,
    run: (script, what, timeoutMs = 60_000) => runScript(scriptPort, script, what, timeoutMs),
    async stop() {
      await end(qemu, closed)
      log.end()
    },
  }
  try {
    await untilReady(qemu, () => guest.run('true', 'the guest to take a script', 5000))
    return guest
  } catch (error) {
    await guest.stop()
    throw error
  }
}

async function untilReady(qemu: ChildProcess, ask: () => Promise<unknown>): Promise<void> {
  let said = ''
  qemu.stdout?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  })
  let ended = false
  qemu.on('close', () => {
    ended = true
  })
  await eventually(BOOT_MS, 'the guest to boot', () => {
    if (ended) throw new Error(`QEMU ended early: ${said}`)
    return said.includes('BENCH READY') ? ask().then(() => true) : undefined
  })
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

async function end(qemu: ChildProcess, closed: Promise<unknown>): Promise<void> {
  if (qemu.exitCode === null && qemu.signalCode === null) qemu.kill('SIGKILL')
  await closed.catch(() => undefined)
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
