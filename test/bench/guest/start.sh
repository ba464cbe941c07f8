#!/bin/bash
# Second program of the guest, in a copy of the host's system: network, modules, udev, then whatever the bench sends as
# shell scripts over TCP (`guest.ts`). BASALT_… come from the kernel's command line.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8
ip link set lo up
for module in virtio_net vhci-hcd usbhid hid-generic usbserial ftdi_sio pl2303 cp210x ch341 cdc-acm; do
  modprobe -d "$BASALT_KERNEL" "$module" || echo "BENCH modprobe $module failed"
done
ip link set eth0 up
ip addr add 10.0.2.15/24 dev eth0
ip route add default via 10.0.2.2

# An ordinary person's browser may open all of the bench's devices, as udev rules of a desktop would let it.
mkdir -p /run/udev/rules.d
cat > /run/udev/rules.d/60-bench.rules <<'RULES'
KERNEL=="hidraw*|ttyUSB*|ttyACM*", MODE="0666"
SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", MODE="0666"
RULES
/lib/systemd/systemd-udevd --daemon

socat -t 3600 TCP-LISTEN:9221,bind=10.0.2.15,reuseaddr,fork EXEC:'bash -s',stderr &
echo BENCH READY
wait
echo BENCH START.SH ENDED
