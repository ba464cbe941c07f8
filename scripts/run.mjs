/** Runs another program and waits for it: shown as it goes, or kept to be shown later. Plain Node. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './inputs.mjs'

/**
 * Exit status of a program that prints straight to our own output; 127 when there is no such program.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ output?: 1 | 2 }} [options] output 2: what it prints goes to our error stream
 * @returns {Promise<number>}
 */
export function run(command, args, { output = 1 } = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd: root, stdio: ['inherit', output, 'inherit'] })
    child.on('error', () => resolve(127))
    child.on('close', (code, signal) => resolve(code ?? (signal ? 128 : 1)))
  })
}

/**
 * The same, with everything it prints kept.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<{ status: number, output: string }>}
 */
export function runQuietly(command, args) {
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    /** @type {Buffer[]} */
    const chunks = []
    child.stdout.on('data', chunk => chunks.push(chunk))
    child.stderr.on('data', chunk => chunks.push(chunk))
    const end = (/** @type {number} */ status) => resolve({ status, output: Buffer.concat(chunks).toString() })
    child.on('error', error => {
      chunks.push(Buffer.from(`${error.message}\n`))
      end(127)
    })
    child.on('close', code => end(code ?? 1))
  })
}

/**
 * Path of a program that a dependency brings.
 * @param {string} name
 */
export const installed = name => join(root, 'node_modules', '.bin', name)
