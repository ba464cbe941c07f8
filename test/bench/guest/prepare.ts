/**
 * Brings what the bench needs and finds missing on Debian: packages, and a kernel for the guest, which is unpacked into
 * a cache outside of the repository and never installed.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { runQuietly } from '../../../scripts/run.mjs'

/** Debian's package for each program that the host or the guest (which sees the host's files) runs. */
const packages: Readonly<Record<string, string>> = {
  '/usr/bin/qemu-system-x86_64': 'qemu-system-x86',
  '/usr/sbin/usbip': 'usbip',
  '/lib/systemd/systemd-udevd': 'udev',
  '/bin/busybox': 'busybox-static',
  '/usr/bin/cpio': 'cpio',
  '/sbin/modprobe': 'kmod',
  '/usr/bin/socat': 'socat',
  '/sbin/ip': 'iproute2',
}

export interface Kernel {
  /** Such as `6.1.0-56-amd64`. */
  readonly version: string
  /** Holds `boot/` and `lib/modules/`. */
  readonly folder: string
}

/** Why the bench cannot run on this machine, or `undefined` when it can. */
export function whyNotHere(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux'
  if (process.arch !== 'x64') return 'it needs an x86-64 machine'
  if (process.getuid?.() !== 0) return 'it needs root'
  if (!existsSync('/usr/bin/apt-get')) return 'it needs Debian (apt-get)'
  return undefined
}

/** What the bench needs is not here and could not be brought: no failure of the bench, and nothing that it has shown. */
export class NotHere extends Error {}

/** Installs missing packages and unpacks the kernel. Throws {@link NotHere} with what apt said. */
export async function prepareMachine(): Promise<Kernel> {
  const missing = Object.entries(packages).flatMap(([program, name]) => (existsSync(program) ? [] : [name]))
  const known = cachedKernel()
  if (missing.length === 0 && known) return known
  process.env['DEBIAN_FRONTEND'] = 'noninteractive'
  // When this fails, what apt knows already may still do; if not, the next command says so.
  await apt('update', '-qq').catch(() => undefined)
  if (missing.length > 0) {
    process.stdout.write(`Installing ${missing.join(', ')} …\n`)
    await apt('install', '-y', '-qq', '--no-install-recommends', ...missing)
  }
  return known ?? fetchKernel()
}

const cache = (): string => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'basalt-bench')

function cachedKernel(): Kernel | undefined {
  const name = existsSync(cache()) ? readdirSync(cache()).find(each => each.startsWith('kernel-')) : undefined
  return name === undefined ? undefined : { version: name.slice('kernel-'.length), folder: join(cache(), name) }
}

/** The one package that Debian's `linux-image-amd64` stands for at the moment. */
async function fetchKernel(): Promise<Kernel> {
  const { output: depends } = await runQuietly('apt-cache', ['depends', 'linux-image-amd64'])
  const name = /linux-image-\d\S*/.exec(depends)?.[0]
  if (name === undefined) throw new NotHere(`apt knows no kernel: ${depends}`)
  const version = name.slice('linux-image-'.length)
  process.stdout.write(`Fetching ${name} for the guest …\n`)
  const unpacking = join(cache(), 'unpacking')
  rmSync(unpacking, { recursive: true, force: true })
  mkdirSync(unpacking, { recursive: true })
  // apt-get downloads into the folder it stands in, and nowhere else.
  await aptIn(unpacking, 'download', '-qq', name)
  await output('/bin/sh', '-c', `cd '${unpacking}' && dpkg -x *.deb kernel`)
  await output('depmod', '-b', join(unpacking, 'kernel'), version)
  const folder = join(cache(), `kernel-${version}`)
  // Only what is whole gets the name.
  renameSync(join(unpacking, 'kernel'), folder)
  rmSync(unpacking, { recursive: true, force: true })
  return { version, folder }
}

const apt = (...args: string[]): Promise<void> => aptIn('/', ...args)

/** With limits, for networks that swallow everything. */
async function aptIn(folder: string, ...args: string[]): Promise<void> {
  const limits = ['-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=30']
  const all = ['-C', folder, 'timeout', '600', 'apt-get', ...limits, ...args]
  const { status, output: printed } = await runQuietly('env', all)
  if (status !== 0) throw new NotHere(`apt-get ${args.join(' ')} ended with ${status}:\n${printed}`)
}

/** What a program prints; throws with it when the program fails. */
export async function output(command: string, ...args: string[]): Promise<string> {
  const { status, output: printed } = await runQuietly(command, args)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${printed}`)
  return printed
}
