#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The camera of `sagitta serve`: how old a record is when the page has it, and what a frame costs.

    python3 tests/bench/live_page.py PROGRAM RENDERER [--size WxH] [--rate N] [--work DIR] [--browser]

A phone's pictures (tests/e2e/mjpeg_server.py) are filmed for one page, which reads every record; with --browser it is the
camera's screen in Chromium, and only the cost is told. Age: from when the camera's bytes were whole to when the record was
read, on one clock. Cost: processor time of the server and of its decoder, for each frame that came. Asserts nothing.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

E2E = Path(__file__).resolve().parent.parent / "e2e"
sys.path.insert(0, str(E2E))
MEASURED_S = 16


def processes(parent):
    """A process and those that it has started."""
    found = [parent]
    for task in Path(f"/proc/{parent}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += processes(int(child))
    return found


def spent(parent):
    """Processor time of it and its children so far, s."""
    ticks = 0
    for process in processes(parent):
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def read(served, stream):
    """Ages, ms, and frames that are missing, in the time that is measured, without the first second."""
    ages, times, before, begun = [], [], None, None
    for numbers, _ in stream:
        now = time.clock_gettime(time.CLOCK_MONOTONIC)
        if "came_us" not in numbers:
            continue
        begun = begun or now
        if now - begun < 1:
            continue
        before = before or (spent(served.process.pid), now)
        ages.append(1e3 * now - numbers["came_us"] / 1e3)
        times.append(numbers["time_s"])
        if now - before[1] > MEASURED_S or numbers["state"] == "done":
            break
    return ages, times, spent(served.process.pid) - before[0]


def look(served, address):
    """The same by the camera's screen: the time that is measured, the pictures that it drew."""
    import browser as chromium
    used = served.secret()
    with chromium.Browser() as b:
        b.visit("file://" + served.page, "document.querySelector('main h1')", width=1920, height=1080)
        b.ask("fetch('/api/state', { method: 'PATCH', headers: { 'X-Sagitta': '1' }, body: JSON.stringify({ welcomed: true }) }).then(r => r.status)")
        while served.secret() == used:
            time.sleep(0.1)
        served.enter()
        served.ask("POST", "/api/clients", {"id": "ana"}, 201)
        b.ask("location.hash = '#prepare/ana'")
        b.until("document.querySelector('.drop.shut')")
        b.press("x")
        b.until("document.activeElement.closest('.film-now')")
        b.ask("window.drawn = 0; const draw = CanvasRenderingContext2D.prototype.drawImage;"
              "CanvasRenderingContext2D.prototype.drawImage = function (...a) { if (this.canvas.width > 320) window.drawn++; return draw.apply(this, a); }; 0")
        b.press("Enter")
        b.until("window.drawn > 30")
        before, at, drawn = spent(served.process.pid), time.monotonic(), b.ask("window.drawn")
        time.sleep(MEASURED_S - 4)
        return spent(served.process.pid) - before, time.monotonic() - at, b.ask("window.drawn") - drawn


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("renderer")
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--rate", type=int, default=60)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "live_page")
    parser.add_argument("--browser", action="store_true")
    a = parser.parse_args()
    os.environ.update(SAGITTA=str(Path(a.program).resolve()), HERE=str(E2E))
    from filmed import Phone, Stream
    from served import Served
    frames = a.work / f"{a.size}-{a.rate}"
    if not frames.is_dir():
        frames.mkdir(parents=True)
        clip = a.work / "clip.mp4"
        subprocess.run([a.renderer, "-o", clip, "--set", "strip", "--size", a.size, "--fps", str(a.rate), "--reps", "3", "--stand", "4",
                        "--down", "1.4", "--hold", "1.2", "--up", "1.4", "--pause", "1.2"], check=True)
        subprocess.run(["ffmpeg", "-v", "error", "-i", clip, "-pix_fmt", "yuvj422p", "-q:v", "3", frames / "%05d.jpg"], check=True)
    sizes = [p.stat().st_size for p in frames.iterdir()]
    with Phone(str(frames), str(a.work / "port"), a.rate) as phone, Served("--camera", phone.address) as s:
        load = os.getloadavg()[0]
        if a.browser:
            cost, seconds, drawn = look(s, phone.address)
            print(f"{a.size} at {a.rate}/s in Chromium: {1e3 * cost / (seconds * a.rate):.2f} ms of processor time for each frame that came; "
                  f"{drawn / seconds:.0f} pictures/s drawn; load {load:.1f}")
            return
        s.enter()
        session = s.ask("POST", "/api/live", {"camera": "given"}, 202)["id"]
        ages, times, cost = read(s, Stream(s, session))
        s.ask("POST", "/api/live/cancel", {"id": session})
        ages.sort()
        came = (times[-1] - times[0]) * a.rate
        print(f"{a.size} at {a.rate}/s, pictures of {statistics.mean(sizes) / 1e3:.0f} kB: record is {statistics.median(ages):.1f} ms old in the median, "
              f"{ages[int(0.99 * len(ages))]:.1f} ms at the 99th percentile; {len(ages)} records of {came:.0f} frames; "
              f"{1e3 * cost / came:.2f} ms of processor time for each frame; load {load:.1f}")


main()
