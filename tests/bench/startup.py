#!/usr/bin/env python3
"""How long until the window is shown: from the start of the process to its first painting. Prints figures, judges nothing.

startup.py GATEHOUSE [RUNS]"""
import os
import statistics
import subprocess
import sys
import tempfile
import time


def once(gatehouse, home):
    environment = dict(os.environ, HOME=home, XDG_DATA_HOME=home, XDG_CONFIG_HOME=home, GATEHOUSE_TELL_WHEN_SHOWN="1",
                       DBUS_SESSION_BUS_ADDRESS="disabled:")
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    started = time.monotonic()
    process = subprocess.Popen([gatehouse, "window", "--no-browser-sandbox"], env=environment, stderr=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, text=True)
    for line in process.stderr:
        if "the window is shown" in line:
            took = time.monotonic() - started
            process.terminate()
            process.wait()
            return took * 1000
    sys.exit(f"the window was never shown (status {process.wait()})")


def main():
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    with tempfile.TemporaryDirectory() as home:
        once(sys.argv[1], home)  # warms the disk's cache
        times = sorted(once(sys.argv[1], home) for _ in range(runs))
    print(f"window shown after start, warm: median {statistics.median(times):.0f} ms, worst {times[-1]:.0f} ms"
          f" of {runs} (goal 500 ms)")


main()
