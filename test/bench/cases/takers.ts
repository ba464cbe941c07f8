/** Other programs of the guest that take a device from the browser and keep it for a while. */

export interface Ids {
  readonly vendorId: number
  readonly productId: number
}

export interface Taking {
  /** A script that prints the program's process id once the program has the device. */
  readonly take: (ids: Ids) => string
  /** A script that ends the program of this process id and waits until it has ended. */
  readonly giveBack: (pid: string, ids: Ids) => string
}

const hex = (id: number) => id.toString(16).padStart(4, '0')
/** Makes `$device` the folder in /sys of the device that is plugged in. */
const finding = ({ vendorId, productId }: Ids) =>
  `device=$(dirname "$(grep -ls ${hex(productId)} $(dirname $(grep -ls ${hex(vendorId)} /sys/bus/usb/devices/*/idVendor) | sed 's,$,/idProduct,'))")`
const NODE = '/dev/bus/usb/$(printf %03d "$(cat $device/busnum)")/$(printf %03d "$(cat $device/devnum)")'
const end = (pid: string) => `kill -9 ${pid}; while [ -e /proc/${pid}/exe ]; do sleep 0.1; done`

/** Shell words: the device's nodes that the browser's HID opens. */
export const hidNodes = (ids: Ids) =>
  `$(${finding(ids)}; echo /dev/$(basename $device/$(basename $device):1.0/*/hidraw/hidraw*))`

/** The interface of the device, claimed as programs with libusb do: USBDEVFS_CLAIMINTERFACE. */
export const claimingInterface: Taking = {
  take: ids => `${finding(ids)}
${perlThatKeeps(NODE, 'ioctl(F, 0x8004550f, my $number = pack("L", 0))')}`,
  giveBack: end,
}

/** The same with the kernel's HID driver sent away first (USBDEVFS_DISCONNECT_CLAIM), and called back afterwards. */
export const takingFromHidDriver: Taking = {
  take: ids => `${finding(ids)}
${perlThatKeeps(NODE, 'ioctl(F, 0x8108551b, my $claim = pack("L2 x256", 0, 0))')}`,
  giveBack: (pid, ids) => `${end(pid)}
${finding(ids)}
echo "$(basename $device):1.0" > /sys/bus/usb/drivers/usbhid/bind`,
}

/** The only serial line, locked as terminal programs do: TIOCEXCL. */
export const lockingTty: Taking = { take: () => perlThatKeeps('/dev/ttyUSB0', 'ioctl(F, 0x540c, 0)'), giveBack: end }

/** Perl is on every Debian. `taking` is true once the program has the file F. */
function perlThatKeeps(path: string, taking: string): string {
  return `kept=$(mktemp -p /run)
perl -e '$| = 1; print((open(F, "+<", $ARGV[0]) && ${taking}) ? "kept by $$\\n" : "refused: $!\\n"); sleep 3600' ${path} > $kept 2>&1 < /dev/null &
for turn in $(seq 300); do grep -q . $kept && break; sleep 0.2; done
grep -q '^kept by [0-9]' $kept || { echo "not taken: $(cat $kept)"; exit 1; }
sed -n 's/^kept by //p' $kept`
}
