#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A webcam on the USB of this system, so that its own driver (uvcvideo) drives it: over USB/IP, in one process.

    python3 usb_camera.py FRAMES ORDERS LOG [--rate N] [--repeat]

Shows the JPEG pictures of the folder FRAMES, once over, or again and again, at N pictures/s, from the moment that it is
asked for them; it offers Motion JPEG of their size at N/s and half of it. As webcams do, it has an automatic exposure
and white balance, which wander as long as they are automatic, and refuses to have set what is automatic; it may lower
its rate for the sake of exposure (UVC's "AE priority", V4L2's exposure_dynamic_framerate), unless told not to; and
when it is plugged in anew everything is as its maker set it. What it is set to is appended to LOG, a line each.
ORDERS is a FIFO, a line an order: plug, unplug, freeze, thaw, drop N (pictures), lie (no JPEG any more), bare (no
Huffman tables in its JPEG, as is usual), short (half of each picture), end.

Sources: USB Video Class 1.1 (descriptors, requests, payload headers), the kernel's Documentation/usb/usbip_protocol.rst.
"""
import argparse
import glob
import os
import select
import socket
import struct
import sys
import time

PORT = "/sys/devices/platform/vhci_hcd.0/"
HIGH_SPEED, PAYLOAD = 3, 16384
EPIPE, ECONNRESET = -32, -104
SET_CUR, GET_CUR, GET_MIN, GET_MAX, GET_RES, GET_LEN, GET_INFO, GET_DEF = 0x01, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87
MANUAL, AUTOMATIC = 1, 8  # of UVC's auto exposure mode: manual, aperture priority

# (entity, selector): name, bytes, least, greatest, step, default, info (1 can be read, 2 set, 8 changes by itself)
CAMERA, PROCESSING = 1, 2
CONTROLS = {
    (CAMERA, 2): ("auto_exposure", 1, 1, 8, MANUAL | AUTOMATIC, AUTOMATIC, 3),
    (CAMERA, 3): ("dynamic_rate", 1, 0, 1, 1, 1, 3),
    (CAMERA, 4): ("exposure", 4, 3, 2047, 1, 250, 11),
    (PROCESSING, 2): ("brightness", 2, 0, 255, 1, 128, 3),
    (PROCESSING, 4): ("gain", 2, 0, 255, 1, 64, 3),
    (PROCESSING, 10): ("white_balance", 2, 2000, 6500, 10, 4000, 11),
    (PROCESSING, 11): ("auto_white_balance", 1, 0, 1, 1, 1, 3),
}
AUTOMATIC_OF = {"exposure": ("auto_exposure", AUTOMATIC), "white_balance": ("auto_white_balance", 1)}


def jpeg_size(data):
    at = 2
    while data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2:at + 4])[0]
        if 0xC0 <= marker <= 0xC2:
            return struct.unpack(">HH", data[at + 5:at + 9])[::-1]
        at += 2 + length
    raise ValueError("no JPEG")


def without_tables(data):
    """The same JPEG without its Huffman tables: whoever reads Motion JPEG knows the usual ones."""
    out, at = data[:2], 2
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        length = 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
        if data[at + 1] != 0xC4:
            out += data[at:at + length]
        at += length
    return out + data[at:]


class Camera:
    def __init__(self, options):
        self.options = options
        self.frames = [open(name, "rb").read() for name in sorted(glob.glob(os.path.join(options.frames, "*.jpg")))]
        self.width, self.height = jpeg_size(self.frames[0])
        self.log = open(options.log, "a", encoding="utf-8", buffering=1)
        self.link = None
        self.lies = self.bare = self.short = self.frozen = False
        self.drop = 0

    # ---- what it is ----

    def configuration(self):
        def block(*values):
            body = b"".join(v if isinstance(v, bytes) else bytes([v]) for v in values)
            return bytes([len(body) + 1]) + body
        le16, le32 = (lambda v: struct.pack("<H", v)), (lambda v: struct.pack("<I", v))
        terminals = (block(0x24, 2, CAMERA, le16(0x0201), 0, 0, le16(0), le16(0), le16(0), 3, b"\x0e\0\0") +
                     block(0x24, 5, PROCESSING, CAMERA, le16(0), 2, le16(0x1241), 0, 0) +
                     block(0x24, 3, 3, le16(0x0101), 0, PROCESSING, 0))
        header = block(0x24, 1, le16(0x0110), le16(13 + len(terminals)), le32(6000000), 1, 1)
        intervals = [round(1e7 / self.options.rate), round(2e7 / self.options.rate)]
        bits = self.width * self.height * 16
        frame = block(0x24, 7, 1, 0, le16(self.width), le16(self.height), le32(bits), le32(bits * 60), le32(bits // 8),
                      le32(intervals[0]), len(intervals), *[le32(i) for i in intervals])
        formats = block(0x24, 6, 1, 1, 1, 1, 0, 0, 0, 0) + frame
        stream = block(0x24, 1, 1, le16(14 + len(formats)), 0x81, 0, 3, 0, 0, 0, 1, 0) + formats
        body = (block(11, 0, 2, 14, 3, 0, 0) + block(4, 0, 0, 0, 14, 1, 0, 0) + header + terminals +
                block(4, 1, 0, 1, 14, 2, 0, 0) + stream + block(5, 0x81, 2, le16(512), 0))
        return block(2, le16(9 + len(body)), 2, 1, 0, 0x80, 250) + body

    def descriptor(self, kind, index):
        if kind == 1:
            return struct.pack("<BBHBBBBHHHBBBB", 18, 1, 0x0200, 0xEF, 2, 1, 64, 0x1D6B, 0x0104, 0x0100, 1, 2, 3, 1)
        if kind == 2:
            return self.configuration()
        if kind == 3:
            text = b"\x09\x04" if index == 0 else ["", "Sagitta", "Test camera", "1"][index].encode("utf-16-le")
            return bytes([len(text) + 2, 3]) + text
        return None

    # ---- plugged in and out ----

    def plug(self):
        if self.link:
            return
        self.value = {c[0]: c[5] for c in CONTROLS.values()}
        self.probe = self.new_probe(0)
        self.waiting, self.rest, self.next, self.fid, self.due = [], b"", 0, 0, None
        self.link, far = socket.socketpair()
        with open(PORT + "attach", "w", encoding="ascii") as attach:
            attach.write("0 %d %d %d" % (far.fileno(), 65538, HIGH_SPEED))
        far.close()
        self.log.write("plugged\n")

    def unplug(self):
        if self.link:
            self.link.close()
            self.link = None
            self.log.write("unplugged\n")

    # ---- asked and set ----

    def new_probe(self, interval):
        fastest = round(1e7 / self.options.rate)
        interval = fastest if interval <= fastest * 1.5 else 2 * fastest
        self.interval = interval / 1e7
        return struct.pack("<HBBIHHHHHIIIBBBB", 1, 1, 1, interval, 0, 0, 0, 0, 0, self.width * self.height * 2, PAYLOAD,
                           48000000, 0, 0, 0, 0)

    def wander(self):
        for name, (automatic, value) in AUTOMATIC_OF.items():
            if self.value[automatic] == value:
                self.value[name] += 10

    def control(self, request, entity, selector, data, length):
        found = CONTROLS.get((entity, selector))
        if not found:
            return None
        name, size, least, most, step, default, info = found
        if request == SET_CUR:
            value = int.from_bytes(data[:size], "little")
            automatic = AUTOMATIC_OF.get(name)
            if (automatic and self.value[automatic[0]] == automatic[1]) or not least <= value <= most:
                self.log.write("refused %s %d\n" % (name, value))
                return None
            self.value[name] = value
            self.log.write("%s %d\n" % (name, value))
            return b""
        if request == GET_INFO:
            return bytes([info])
        if request == GET_LEN:
            return struct.pack("<H", size)
        what = {GET_CUR: self.value[name], GET_MIN: least, GET_MAX: most, GET_RES: step, GET_DEF: default}.get(request)
        return None if what is None else what.to_bytes(size, "little")

    def setup(self, kind, request, value, index, data, length):
        """What an endpoint-0 request gets: bytes, or None where it is refused."""
        if kind == 0x80 and request == 6:
            return self.descriptor(value >> 8, value & 0xFF)
        if kind in (0x80, 0x81, 0x82) and request == 0:
            return b"\0\0"
        if kind in (0, 1, 2) and request in (1, 3, 9, 11):
            if kind == 2 and request == 1:  # the stream ends
                self.rest, self.due = b"", None
            return b""
        if kind == 0x81 and request == 10:
            return b"\0"
        if kind & 0x60 == 0x20 and index & 0xFF == 1:
            if request == SET_CUR:
                self.probe = self.new_probe(struct.unpack("<I", data[4:8])[0])
                if value >> 8 == 2:
                    self.due = time.monotonic()
                    self.log.write("streams %g\n" % (1 / self.interval))
                return b""
            if request == GET_LEN:
                return struct.pack("<H", len(self.probe))
            return b"\x03" if request == GET_INFO else self.probe
        if kind & 0x60 == 0x20:
            return self.control(request, index >> 8, value >> 8, data, length)
        return None

    # ---- packets of USB/IP ----

    def receive(self, size):
        data = b""
        while len(data) < size:
            part = self.link.recv(size - len(data))
            if not part:
                raise ConnectionError
            data += part
        return data

    def answer(self, sequence, status, data=b"", actual=None):
        self.link.sendall(struct.pack(">IIIII", 3, sequence, 0, 0, 0) +
                          struct.pack(">iiiii8x", status, len(data) if actual is None else actual, 0, 0, 0) + data)

    def serve(self):
        command, sequence, _, direction, endpoint = struct.unpack(">IIIII", self.receive(20))
        rest = self.receive(28)
        if command == 2:
            victim = struct.unpack(">I", rest[:4])[0]
            mine = [w for w in self.waiting if w[0] == victim]
            self.waiting = [w for w in self.waiting if w[0] != victim]
            self.link.sendall(struct.pack(">IIIII", 4, sequence, 0, 0, 0) + struct.pack(">i24x", ECONNRESET if mine else 0))
            return
        length = struct.unpack(">i", rest[4:8])[0]
        if endpoint:
            self.waiting.append((sequence, length))
            return
        data = self.receive(length) if direction == 0 else b""
        kind, request, value, index, size = struct.unpack("<BBHHH", rest[20:28])
        answer = self.setup(kind, request, value, index, data, size)
        if answer is None:
            self.answer(sequence, EPIPE)
        elif direction:
            self.answer(sequence, 0, answer[:min(size, length)])
        else:
            self.answer(sequence, 0, b"", len(data))

    # ---- pictures ----

    def take_picture(self):
        """The next picture once it is due, as payloads."""
        now = time.monotonic()
        if self.due is None or self.frozen or now < self.due or self.rest:
            return
        self.wander()
        while self.due <= now:
            self.due += self.interval
        if self.next >= len(self.frames):
            if not self.options.repeat:
                return
            self.next = 0
        frame = self.frames[self.next]
        self.next += 1
        if self.drop:
            self.drop -= 1
            return
        if self.bare:
            frame = without_tables(frame)
        if self.short:
            frame = frame[:len(frame) // 2]
        if self.lies:
            frame = b"This is no picture. " * 400
        self.rest, self.fid = frame, self.fid ^ 1

    def send_payloads(self):
        while self.waiting and self.rest:
            sequence, length = self.waiting.pop(0)
            room = min(length, PAYLOAD) - 2
            part, self.rest = self.rest[:room], self.rest[room:]
            self.answer(sequence, 0, bytes([2, 0x80 | self.fid | (0 if self.rest else 2)]) + part)

    def obey(self, line):
        word, *rest = line.split()
        if word == "plug":
            self.plug()
        elif word == "unplug":
            self.unplug()
        elif word in ("freeze", "thaw"):
            self.frozen = word == "freeze"
        elif word == "drop":
            self.drop = int(rest[0])
        elif word in ("lie", "bare", "short", "honest"):
            self.lies, self.bare, self.short = word == "lie", word == "bare", word == "short"
        elif word == "end":
            self.unplug()
            sys.exit(0)

    def run(self):
        orders = os.open(self.options.orders, os.O_RDWR | os.O_NONBLOCK)
        text = b""
        while True:
            ready = select.select([orders] + ([self.link] if self.link else []), [], [], 0.004)[0]
            if orders in ready:
                text += os.read(orders, 4096)
                *lines, text = text.split(b"\n")
                for line in lines:
                    self.obey(line.decode())
            try:
                if self.link and self.link in ready:
                    self.serve()
                if self.link:
                    self.take_picture()
                    self.send_payloads()
            except OSError:
                self.unplug()


def main():
    parser = argparse.ArgumentParser()
    for name in ("frames", "orders", "log"):
        parser.add_argument(name)
    parser.add_argument("--rate", type=float, default=15)
    parser.add_argument("--repeat", action="store_true")
    Camera(parser.parse_args()).run()


if __name__ == "__main__":
    main()
