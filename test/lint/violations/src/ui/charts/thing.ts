// Reported: nothing
import { Chart } from 'chart.js'
import { createSignal } from 'solid-js'
import { a } from '#records/thing.ts'
import { api } from '#workers/api.ts'
import { text } from '../texts.ts'
export const draw = [Chart, createSignal, a, api, text]
