"""What the tests of the command line share: a desk of one's own (folders, environment, free ports), and running programs
whose output is waited for, never slept for."""
import contextlib
import json
import os
import pathlib
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

PROGRAM = sys.argv[1]
PATIENCE = 60  # seconds: a machine may be busy; what must be quick is measured on its own


def main():
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)


def free_ports(count):
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


class Running:
    """A program in the foreground; lines() come as they are printed."""

    def __init__(self, desk, arguments, environment):
        self.process = subprocess.Popen([PROGRAM, *arguments], env=environment, cwd=desk.folder, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        self.out, self.err = [], []
        self.news = queue.Queue()
        self.readers = [threading.Thread(target=self._read, args=(self.process.stdout, self.out), daemon=True),
                        threading.Thread(target=self._read, args=(self.process.stderr, self.err), daemon=True)]
        for reader in self.readers:
            reader.start()

    def _read(self, stream, lines):
        for line in stream:
            lines.append(line)
            self.news.put(line)
        self.news.put(None)

    def text(self):
        return "".join(self.out), "".join(self.err)

    def await_line(self, pattern):
        """The first line that matches and has not been waited for yet."""
        end = time.monotonic() + PATIENCE
        ended = 0
        while time.monotonic() < end and ended < 2:
            try:
                line = self.news.get(timeout=1)
            except queue.Empty:
                continue
            if line is None:
                ended += 1
            elif found := re.search(pattern, line):
                return found
        raise AssertionError(f"no line like {pattern!r} in {self.text()}")

    def stop(self, how=signal.SIGTERM):
        """Exit status and seconds that ending took."""
        began = time.monotonic()
        self.process.send_signal(how)
        status = self.process.wait(PATIENCE)
        took = time.monotonic() - began
        for reader in self.readers:
            reader.join(PATIENCE)
        return status, took

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for reader in self.readers:
            reader.join(PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()


class Desk(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="desk-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.state = self.folder / "data" / "gatehouse"
        self.environment = {name: value for name, value in os.environ.items()
                            if not name.startswith(("GATEHOUSE_SECRET_", "OAUTH2_PROXY_", "XDG_")) and
                            not name.lower().endswith("_proxy")}
        for name in ("DATA", "STATE", "CONFIG", "CACHE"):
            self.environment[f"XDG_{name}_HOME"] = str(self.folder / name.lower())
        self.environment["HOME"] = str(self.folder / "home")

    def gatehouse(self, *arguments, status=None, **environment):
        run = subprocess.run([PROGRAM, *map(str, arguments)], env={**self.environment, **environment}, cwd=self.folder,
                             capture_output=True, encoding="utf-8", timeout=PATIENCE * 2)
        if status is not None:
            self.assertEqual(run.returncode, status, (arguments, run.stdout, run.stderr))
        return run

    def json(self, *arguments, status=0, **environment):
        """What stands on standard output, which is JSON alone and says its version."""
        report = json.loads(self.gatehouse(*arguments, status=status, **environment).stdout)
        self.assertEqual(report["version"], 1)
        return report

    def start(self, *arguments, **environment):
        running = Running(self, list(map(str, arguments)), {**self.environment, **environment})
        self.addCleanup(running.kill)
        return running

    def story(self, name="story.gatehouse.yaml"):
        """The story's lab at free ports."""
        text = self.gatehouse("new", "story", status=0).stdout
        for port in free_ports(3):
            text, count = re.subn(r"(?m)^(\s*- \{name: \w+, bind: 127\.0\.0\.1:)(8443|8080|8888)\b", rf"\g<1>{port}", text,
                                  count=1)
            self.assertEqual(count, 1, text)
        lab = self.folder / name
        lab.write_text(text, encoding="utf-8")
        return lab

    def commands(self):
        text = self.gatehouse("--help", status=0).stdout
        return re.findall(r"(?m)^  ([a-z][a-z0-9-]+)  ", text[text.index("Subcommands:"):])
