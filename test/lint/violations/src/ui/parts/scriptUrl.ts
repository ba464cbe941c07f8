// Reported: no-script-url
export const address = 'javascript:run()'
