/** Every importer registers itself by existing: a folder with `importer.ts`. */
import type { Importer } from './importer.ts'

const files = import.meta.glob<{ readonly importer: Importer }>('./*/importer.ts')

export async function allImporters(): Promise<readonly Importer[]> {
  return Promise.all(Object.values(files).map(async load => (await load()).importer))
}

export async function importerById(id: string): Promise<Importer | undefined> {
  return (await files[`./${id}/importer.ts`]?.())?.importer
}

/** The importer that is surest of a file, if any is at all. */
export async function recognise(head: Uint8Array, fileName: string): Promise<Importer | undefined> {
  const sure = (await allImporters()).map(importer => ({ importer, by: importer.recognise(head, fileName) }))
  const best = sure.sort((a, b) => b.by - a.by)[0]
  return best && best.by > 0 ? best.importer : undefined
}
