/** The guest's first file system: busybox, the modules that reach the host's files, `init` and `start.sh`. */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Kernel, output } from './prepare.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const rootModules = ['virtio_pci', '9pnet_virtio', '9p', 'overlay']

/** Writes the archive into `folder`, which is made, and returns its path. */
export async function makeInitramfs(kernel: Kernel, folder: string): Promise<string> {
  const tree = join(folder, 'initramfs')
  rmSync(tree, { recursive: true, force: true })
  for (const each of ['bin', 'modules']) mkdirSync(join(tree, each), { recursive: true })
  copyFileSync('/bin/busybox', join(tree, 'bin', 'busybox'))
  copyFileSync(join(here, 'init'), join(tree, 'init'))
  copyFileSync(join(here, 'start.sh'), join(tree, 'start.sh'))
  for (const [index, path] of (await modulePaths(kernel)).entries()) {
    // Loaded in the order of their names.
    copyFileSync(path, join(tree, 'modules', `${String(index).padStart(2, '0')}-${basename(path)}`))
  }
  const archive = join(folder, 'initramfs.cpio')
  await output(
    '/bin/sh',
    '-c',
    `chmod +x '${tree}/init' && cd '${tree}' && find . | cpio --quiet -o -H newc > '${archive}'`,
  )
  return archive
}

/** Module files in the order in which they have to be loaded, each once. */
async function modulePaths({ version, folder }: Kernel): Promise<readonly string[]> {
  const printed = await output('modprobe', '-d', folder, '-S', version, '--show-depends', '-a', ...rootModules)
  return [...new Set([...printed.matchAll(/^insmod (\S+)/gm)].map(([, path = '']) => path))]
}
