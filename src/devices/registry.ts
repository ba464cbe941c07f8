/**
 * Every driver registers itself by existing: a folder with `models.ts`, `driver.ts` and `simulator.ts`.
 * Models are loaded at once (plain data, small); drivers and simulators when they are needed.
 */
import type { Driver, Model, Simulation } from './driver.ts'

const modelFiles = import.meta.glob<{ readonly models: readonly Model[] }>('./*/models.ts', { eager: true })
const driverFiles = import.meta.glob<{ readonly driver: Driver }>('./*/driver.ts')
const simulatorFiles = import.meta.glob<{ readonly simulation: Simulation }>('./*/simulator.ts')

const folderOf = (path: string): string => path.split('/')[1] ?? ''

/** Every model of every driver. */
export const allModels: readonly Model[] = Object.values(modelFiles).flatMap(file => file.models)

/** Names of all driver folders. */
export const allDrivers: readonly string[] = Object.keys(driverFiles).map(folderOf)

export const modelById = (id: string): Model | undefined => allModels.find(model => model.id === id)

/** The driver folder a model belongs to. */
export function driverOfModel(id: string): string | undefined {
  const entry = Object.entries(modelFiles).find(([, file]) => file.models.some(model => model.id === id))
  return entry && folderOf(entry[0])
}

/** Loads a driver by its folder's name. `undefined` when there is none, as in a download of a newer version. */
export async function loadDriver(folder: string): Promise<Driver | undefined> {
  return (await driverFiles[`./${folder}/driver.ts`]?.())?.driver
}

export async function loadSimulation(folder: string): Promise<Simulation | undefined> {
  return (await simulatorFiles[`./${folder}/simulator.ts`]?.())?.simulation
}
