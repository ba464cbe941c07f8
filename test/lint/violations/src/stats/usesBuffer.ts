// Reported: no-restricted-globals
export const bytes = () => Buffer.from('a')
