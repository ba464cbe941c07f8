// Reported: no-restricted-globals
export const get = async () => await fetch('/')
