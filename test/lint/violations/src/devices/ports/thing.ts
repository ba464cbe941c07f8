// Reported: nothing
export const usb = () => navigator.usb
