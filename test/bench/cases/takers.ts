/** Other programs of the guest that take a device from the browser and keep it for a while. */

export interface Taking {
  /** A script that prints the program's process id once the program has the device. */
  readonly take: string
  /** A script that ends the program of this process id and waits until it has ended. */
  readonly giveBack: (pid: string) => string
}

const ONLY_DEVICE = '/dev/bus/usb/001/$(printf %03d "$(cat /sys/bus/usb/devices/1-?/devnum)")'
const end = (pid: string) => `kill -9 ${pid}; while [ -e /proc/${pid}/exe ]; do sleep 0.1; done`

/** The interface of the one device that is plugged in, claimed as programs with libusb do: USBDEVFS_CLAIMINTERFACE. */
export const claimingInterface: Taking = {
  take: perlThatKeeps(ONLY_DEVICE, 'ioctl(F, 0x8004550f, my $number = pack("L", 0))'),
  giveBack: end,
}

/** The same with the kernel's HID driver sent away first (USBDEVFS_DISCONNECT_CLAIM), and called back afterwards. */
export const takingFromHidDriver: Taking = {
  take: perlThatKeeps(ONLY_DEVICE, 'ioctl(F, 0x8108551b, my $claim = pack("L2 x256", 0, 0))'),
  giveBack: pid => `${end(pid)}
cd /sys/bus/usb/devices && echo 1-[1-9]:1.0 > /sys/bus/usb/drivers/usbhid/bind`,
}

/** The serial line, locked as terminal programs do: TIOCEXCL. */
export const lockingTty: Taking = { take: perlThatKeeps('/dev/ttyUSB0', 'ioctl(F, 0x540c, 0)'), giveBack: end }

/** Perl is on every Debian. `taking` is true once the program has the file F. */
function perlThatKeeps(path: string, taking: string): string {
  // Written by the shell itself before perl starts, so that what is in it is never of an earlier program.
  return `: > /run/taker
perl -e '$| = 1; print((open(F, "+<", $ARGV[0]) && ${taking}) ? "kept by $$\\n" : "refused: $!\\n"); sleep 3600' ${path} > /run/taker 2>&1 < /dev/null &
for turn in $(seq 300); do grep -q . /run/taker && break; sleep 0.2; done
grep -q '^kept by [0-9]' /run/taker || { echo "not taken: $(cat /run/taker)"; exit 1; }
sed -n 's/^kept by //p' /run/taker`
}
