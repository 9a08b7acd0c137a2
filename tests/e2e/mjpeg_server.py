# SPDX-License-Identifier: Apache-2.0
"""A phone's camera app, for tests: pictures of a folder as Motion JPEG over HTTP, over and over.

    python3 mjpeg_server.py FOLDER PORTFILE RATE
"""
import http.server
import os
import sys
import time
from pathlib import Path

FOLDER, PORT, RATE = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
PICTURES = [p.read_bytes() for p in sorted(FOLDER.glob("*.jpg"))]


class Camera(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/page":
            self.answer("text/html")
            self.wfile.write(b"<html>" + 2000 * b"This is a page. " + b"</html>")
        elif self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif self.path == "/video":
            self.answer("multipart/x-mixed-replace; boundary=frame")
            self.film()
        else:
            self.send_error(404)

    def answer(self, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def film(self):
        begun, n = time.monotonic(), 0
        try:
            while True:
                picture = PICTURES[n % len(PICTURES)]
                self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(picture))
                self.wfile.write(picture + b"\r\n")
                n += 1
                time.sleep(max(0, begun + n / RATE - time.monotonic()))
        except OSError:
            pass

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Camera)
server.daemon_threads = True
beside = PORT.with_suffix(".new")
beside.write_text(str(server.server_address[1]))
os.replace(beside, PORT)
server.serve_forever()
