/**
 * A simulated person's glucose, in steps of five minutes: meals raise it, insulin lowers it, the early morning too much
 * or too little basal and chance do the rest. Plausible day shapes, not physiology.
 */

export interface BodySettings {
  /** mg/dL that one unit of insulin lowers, and that the carbohydrate for one unit raises. */
  readonly sensitivityMgdl: number
  readonly gramsPerUnit: number
  /** Basal that keeps glucose where it is, U/h, by half hour of the day. */
  needUnitsPerHour(halfHour: number): number
}

export interface Body {
  /** mg/dL, unrounded. */
  glucose(): number
  eat(grams: number, minutes: number): void
  inject(units: number, minutes?: number): void
  /** Five minutes pass, at this basal rate. `minute` of the day. */
  step(minute: number, basalUnitsPerHour: number): void
}

export const STEP_MINUTES = 5
const HORIZON_STEPS = 144
/** Insulin's strongest moment, minutes after it was given. */
const PEAK_MINUTES = 65
const ACTION_STEPS = 60
const REST_MGDL = 128

/** What share of an insulin dose works in each step after it. */
const action = normalised(
  Array.from({ length: ACTION_STEPS }, (_, step) => {
    const t = (step + 0.5) * STEP_MINUTES
    return t * Math.exp(-t / PEAK_MINUTES)
  }),
)

export function createBody(settings: BodySettings, random: () => number): Body {
  const { sensitivityMgdl, gramsPerUnit } = settings
  /** What will change in the coming steps, mg/dL, the next step first. */
  const coming: number[] = Array.from({ length: HORIZON_STEPS }, () => 0)
  let glucose = REST_MGDL
  let noise = 0

  const add = (step: number, mgdl: number) => {
    coming[step] = (coming[step] ?? 0) + mgdl
  }

  return {
    glucose: () => glucose,
    eat(grams, minutes) {
      const steps = Math.round(minutes / STEP_MINUTES)
      const shape = normalised(Array.from({ length: steps }, (_, i) => Math.min(i + 1, (steps - i) / 2)))
      shape.forEach((share, i) => add(i + 2, (share * grams * sensitivityMgdl) / gramsPerUnit))
    },
    inject(units, minutes = 0) {
      const parts = Math.max(1, Math.round(minutes / STEP_MINUTES))
      for (let part = 0; part < parts; part++) {
        action.forEach((share, i) => add(part + i + 1, (-share * units * sensitivityMgdl) / parts))
      }
    },
    step(minute, basalUnitsPerHour) {
      const surplus = basalUnitsPerHour - settings.needUnitsPerHour(Math.floor(minute / 30))
      action.forEach((share, i) => add(i + 1, (-share * surplus * sensitivityMgdl * STEP_MINUTES) / 60))
      noise = 0.85 * noise + (random() - 0.5) * 3.2
      glucose += (coming.shift() ?? 0) + noise + (REST_MGDL - glucose) * 0.012
      coming.push(0)
      glucose = Math.max(30, Math.min(450, glucose))
    },
  }
}

function normalised(shape: readonly number[]): readonly number[] {
  const sum = shape.reduce((total, each) => total + each, 0)
  return shape.map(each => each / sum)
}
