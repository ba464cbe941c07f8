// Reported: no-implied-eval
export const run = (): unknown => setTimeout('run()', 10)
