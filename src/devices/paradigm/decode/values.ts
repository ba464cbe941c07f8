/** The values of a settings record as text, by name. Knows nothing of pumps. */
export type Values = Readonly<Record<string, string>>

/** The same values as those in force before a change: each name begins with "before ". */
export const before = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`before ${name}`, value]))
