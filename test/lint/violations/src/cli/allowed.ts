// Reported: nothing
import { readFile } from 'node:fs/promises'
import { a } from '#files/thing.ts'
export const b = [a, readFile]
