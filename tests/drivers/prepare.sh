#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the tests with real drivers boot (run.sh): Debian's kernel with its modules, v4l2loopback built against it, and an
# initramfs, all unpacked and made in FOLDER; nothing is installed. sh tests/drivers/prepare.sh FOLDER; about 90 MB are
# fetched, once, and half a minute. 77 = something is missing here: it says what.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=$1
mkdir -p "$to"
to=$(cd "$to" && pwd)
skip() {
  echo "skipped: $*"
  exit 77
}
[ ! -s "$to/initramfs" ] || [ -n "$(find "$here/init" "$here/prepare.sh" -newer "$to/initramfs")" ] || exit 0
[ "$(uname -m)" = x86_64 ] || skip "drivers are tried on x86-64 alone"
for tool in qemu-system-x86_64 busybox cpio gzip make dpkg-deb apt-get; do
  command -v $tool >/dev/null || skip "$tool is not installed (Debian: qemu-system-x86 busybox-static cpio make)"
done
if ldd "$(command -v busybox)" >/dev/null 2>&1; then skip "busybox needs libraries here (Debian: busybox-static)"; fi

# Packages: the kernel, and what its modules are built with. `apt-get download` needs no root.
depends() { apt-cache depends "$1" 2>/dev/null | sed -n 's/^ *Depends: //p'; }
image=$(depends linux-image-amd64 | grep '^linux-image-' | head -n 1)
headers=$(depends linux-headers-amd64 | grep '^linux-headers-' | head -n 1)
{ [ -n "$image" ] && [ -n "$headers" ]; } || skip "this system's packages have no linux-image-amd64"
version=${image#linux-image-}
mkdir -p "$to/packages"
# shellcheck disable=SC2046 # words are wanted
(cd "$to/packages" && rm -f ./*.deb &&
  apt-get download -qq "$image" "$headers" $(depends "$headers" | grep '^linux-') v4l2loopback-dkms 2>apt.log) ||
  skip "the kernel's packages cannot be fetched: $(tail -n 1 "$to/packages/apt.log")"
rm -rf "$to/root"
for package in "$to"/packages/*.deb; do dpkg-deb -x "$package" "$to/root"; done

# Headers name each other where they would be installed.
build=$to/root/usr/src/$headers
sed -i "s#/usr/src#$to/root/usr/src#g" "$build/Makefile"
set -- "$to"/root/usr/src/v4l2loopback-*
make -C "$build" M="$1" modules >"$to/module.log" 2>&1 || {
  tail -n 5 "$to/module.log"
  skip "v4l2loopback cannot be built here"
}

# The initramfs: busybox, and the modules that are asked for with what they need.
modules=$to/root/lib/modules/$version
find "$modules" -name '*.ko.xz' -exec unxz -f {} +
cp "$1/v4l2loopback.ko" "$modules/kernel/"
busybox depmod -b "$to/root" "$version"
tree=$to/tree
rm -rf "$tree"
mkdir -p "$tree/bin" "$tree/dev" "$tree/proc" "$tree/sys" "$tree/host" "$tree/layer" "$tree/all" "$tree/lib/modules/$version"
cp "$(command -v busybox)" "$tree/bin/busybox"
cp "$here/init" "$tree/init"
chmod 755 "$tree/init"
for module in virtio_pci 9p 9pnet_virtio overlay vivid v4l2loopback uvcvideo vhci-hcd; do
  line=$(grep "/$module\.ko:" "$modules/modules.dep") || skip "$version has no module $module"
  for file in $(echo "$line" | tr -d :); do
    mkdir -p "$tree/lib/modules/$version/$(dirname "$file")"
    cp "$modules/$file" "$tree/lib/modules/$version/$file"
  done
done
busybox depmod -b "$tree" "$version"
(cd "$tree" && find . | cpio -o -H newc --quiet | gzip) >"$to/initramfs.new"
cp "$to/root/boot/vmlinuz-$version" "$to/vmlinuz"
rm -rf "$to/root" "$to/tree" "$to/packages"
mv "$to/initramfs.new" "$to/initramfs"
echo "Linux $version is ready in $to"
