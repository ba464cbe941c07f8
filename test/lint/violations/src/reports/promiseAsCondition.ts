// Reported: no-misused-promises
const ready = async (): Promise<boolean> => true
export const go = (): string => (ready() ? 'go' : 'wait')
