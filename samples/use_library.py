#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How a Python program uses libsagitta, by cffi (Debian: python3-cffi).

    python3 use_library.py TRACKS.csv

The declarations are read from the installed headers by the C preprocessor, so that structs have the layout of the library that is there.
SAGITTA_INCLUDE is the folder that holds sagitta/sagitta.h (else pkg-config says it), SAGITTA_LIBRARY the library.
"""
import os
import subprocess
import sys
import tempfile

import cffi


def declarations(folder):
    """What the headers declare, through the C preprocessor, without the system's own headers: cffi knows those types."""
    with tempfile.TemporaryDirectory() as system:
        for name in ("stdbool.h", "stddef.h", "stdint.h", "stdio.h"):
            open(os.path.join(system, name), "w", encoding="utf-8").close()
        command = [os.environ.get("CC", "cc"), "-E", "-P", "-nostdinc", "-D__attribute__(x)=", "-I", folder, "-I", system,
                   os.path.join(folder, "sagitta", "sagitta.h")]
        return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def load():
    folder = os.environ.get("SAGITTA_INCLUDE") or subprocess.run(
        ["pkg-config", "--variable=includedir", "sagitta"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    ffi = cffi.FFI()
    ffi.cdef(declarations(folder))
    return ffi, ffi.dlopen(os.environ.get("SAGITTA_LIBRARY", "libsagitta.so"))


def main():
    if len(sys.argv) != 2:
        print("usage: use_library.py TRACKS.csv", file=sys.stderr)
        return 2
    ffi, sagitta = load()
    error = ffi.new("sagitta_error *")
    tracks, result = ffi.new("sagitta_tracks **"), ffi.new("sagitta_result **")
    settings = ffi.new("sagitta_analysis_settings *", sagitta.sagitta_analysis_default_settings())
    status = sagitta.sagitta_tracks_read(tracks, os.fsencode(sys.argv[1]), error)
    if status == sagitta.SAGITTA_OK:
        status = sagitta.sagitta_analyze(result, tracks[0], settings, error)
    if status == sagitta.SAGITTA_OK:
        print(ffi.string(sagitta.sagitta_result_verdict(result[0]).sentence).decode())
        summary = sagitta.sagitta_result_summary(result[0])
        for name, q in (("hip hinge", summary.hip_hinge), ("lumbar flexion", summary.lumbar_flexion)):
            print(f"{name} {q.value:.1f} degrees (95 % interval {q.low:.1f} to {q.high:.1f})" if q.known else f"{name} -")
    else:
        print(ffi.string(error.text).decode(), file=sys.stderr)
    sagitta.sagitta_result_free(result)
    sagitta.sagitta_tracks_free(tracks)
    return 0 if status == sagitta.SAGITTA_OK else 1


if __name__ == "__main__":
    sys.exit(main())
