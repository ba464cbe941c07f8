/** `portsProbe.ts` with everything it imports, as one script. */
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { root } from '../../scripts/inputs.mjs'

export async function buildProbeScript(): Promise<string> {
  const entry = fileURLToPath(new URL('portsProbe.ts', import.meta.url))
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2023', lib: { entry, formats: ['iife'], name: 'basaltPortsProbeBundle' } },
  })
  const outputs = Array.isArray(built) ? built : [built]
  const chunk = outputs.flatMap(each => ('output' in each ? each.output : [])).find(({ type }) => type === 'chunk')
  if (chunk?.type !== 'chunk') throw new Error('the ports’ probe was not built')
  return chunk.code
}
