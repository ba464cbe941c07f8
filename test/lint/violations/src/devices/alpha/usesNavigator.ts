// Reported: no-restricted-globals
export const usb = () => navigator.usb
