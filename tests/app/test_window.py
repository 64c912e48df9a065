"""Ending the window while it runs and logs in leaves nothing behind: no process, no port, no file."""
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = sys.argv[1]
PATIENCE = 60
PORTS = (8443, 8080, 8888)  # of the demo


def listens(port):
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0


def session(number):
    """Every living process of this session, and its command line."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, _, its = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
                if int(its) == number and state != "Z":
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                pass  # it has just ended
    return found


class EndingTheWindow(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        home = pathlib.Path(self.folder.name)
        self.temporary = home / "tmp"
        self.temporary.mkdir()
        (home / "run").mkdir(mode=0o700)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(self.temporary),
            "XDG_RUNTIME_DIR": str(home / "run"), "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:"}

    def until(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not condition():
            self.assertIsNone(self.window.poll(), f"ended before {what}")
            self.assertLess(time.monotonic(), end, what)
            self.window_waits()

    def window_waits(self):
        try:
            self.window.wait(0.02)
        except subprocess.TimeoutExpired:
            pass

    def end(self, moment, what, how):
        sandbox = ["--no-browser-sandbox"] if os.geteuid() == 0 else []
        self.window = subprocess.Popen([PROGRAM, "window", "--demo", *sandbox], env=self.environment,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
        try:
            self.until(moment, what)
            self.window.send_signal(how)
            error = self.window.communicate(timeout=PATIENCE)[1].decode(errors="replace")
        finally:
            self.window.kill()
            self.window.wait(PATIENCE)
        self.assertEqual(self.window.returncode, 0, error)
        end = time.monotonic() + 5  # Chromium's helpers see that their parent is gone
        while (left := session(self.window.pid)) and time.monotonic() < end:
            os.sched_yield()
        self.assertEqual(left, {}, f"left behind {what}")
        self.assertEqual([p for p in PORTS if listens(p)], [], f"still open {what}")
        self.assertEqual([str(p) for p in self.temporary.rglob("*")], [], f"left in the temporary folder {what}")
        half = [str(p) for p in pathlib.Path(self.folder.name).rglob("*") if p.name.endswith((".tmp", ".part", ".lock"))]
        self.assertEqual(half, [], f"half-written {what}")

    def test_while_the_lab_starts(self):
        self.end(lambda: listens(8443), "while the lab starts", signal.SIGINT)

    def test_while_a_login_is_under_way(self):
        self.end(lambda: sum("type=renderer" in c for c in session(self.window.pid).values()), "during a login", signal.SIGTERM)


if __name__ == "__main__":
    if any(map(listens, PORTS)):
        print("SKIPPED: somebody holds the demo's ports on this machine", file=sys.stderr)
        sys.exit(77)
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
