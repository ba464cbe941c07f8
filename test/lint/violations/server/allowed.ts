// Reported: nothing
import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
export const b = [Hono, readFile]
