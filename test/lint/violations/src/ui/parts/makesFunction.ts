// Reported: no-new-func, no-implied-eval
export const run = (text: string): unknown => new Function(text)
