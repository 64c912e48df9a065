"""The real parts as processes: where they lie, how they start, when they are ready, how they end.

Every process runs in the foreground in a process group of its own, writes to a log of its own, listens on free loopback
ports and is stopped by its id: at the end of its `with` block, on failure, on SIGTERM, and by the kernel when this
program is killed outright. Nothing here waits without a limit.
"""
import atexit
import ctypes
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Missing(Exception):
    """A part that a scenario needs is not on this machine."""


class Failed(Exception):
    """A part did not do what it must; the text ends with the last lines of its log."""


_table = {}


def table():
    """name -> (version, path, ready), as tests/peers/get knows it."""
    if not _table:
        rows = subprocess.run([str(HERE / "get"), "--tsv"], capture_output=True, text=True, check=True, timeout=60)
        for line in rows.stdout.splitlines():
            name, version, path, state = line.split("\t")
            _table[name] = (version, path, state == "ready")
    return _table


def path(name):
    version, where, ready = table()[name]
    if not ready:
        raise Missing(f"{name} {version} is not here; tests/peers/get {name} gets it")
    return where


_given = set()


def free_port():
    """A loopback port below the range that outgoing connections take theirs from, given out once a run."""
    for _ in range(1000):
        port = random.randrange(20000, 32000)
        if port in _given:
            continue
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port
    raise Failed("no free port between 20000 and 32000")


_folder = None
keep_folder = False


def folder():
    """Where this run keeps logs and configurations; deleted at the end unless something failed."""
    global _folder
    if _folder is None:
        _folder = Path(tempfile.mkdtemp(prefix="gatehouse-peers-"))
        atexit.register(lambda: keep_folder or shutil.rmtree(_folder, ignore_errors=True))
    return _folder


def end_on_signals():
    """Turns SIGTERM and SIGHUP into an ordinary exit, so that every `with` block stops its process."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda n, _: sys.exit(128 + n))


_libc = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def _die_with_parent():
    if sys.platform == "linux":
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Process:
    """One program in the foreground. Use as a context manager, or start() and stop()."""

    _count = 0

    def __init__(self, name, argv, env=None, cwd=None, patience=10):
        Process._count += 1
        self.name, self.argv, self.cwd, self.patience = name, [str(a) for a in argv], cwd, patience
        self.env = {**os.environ, **(env or {})}
        self.log = folder() / f"{Process._count:03d}-{name}.log"
        self.process = None
        self.seconds = 0.0

    def ready(self):
        """True as soon as the part answers. Asked every few milliseconds."""
        return True

    def start(self):
        begun = time.monotonic()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.cwd,
                                            env=self.env, start_new_session=True, preexec_fn=_die_with_parent)
        try:
            wait = 0.01
            while not self.ready():
                if self.process.poll() is not None:
                    raise Failed(f"{self.name} ended with {self.process.returncode} before it was ready\n{self.tail()}")
                if time.monotonic() - begun > self.patience:
                    raise Failed(f"{self.name} was not ready after {self.patience} s\n{self.tail()}")
                time.sleep(wait)
                wait = min(wait * 1.5, 0.2)
        except BaseException:
            self.stop()
            raise
        self.seconds = time.monotonic() - begun
        return self

    def stop(self, number=signal.SIGTERM, seconds=10):
        """Asks the group to end, waits so many seconds, then insists. Returns the exit status."""
        p, self.process = self.process, None
        if p is None:
            return None
        for signal_number, limit in ((number, seconds), (signal.SIGKILL, 5)):
            try:
                os.killpg(p.pid, signal_number)
            except ProcessLookupError:
                pass
            try:
                p.wait(limit)
                break
            except subprocess.TimeoutExpired:
                continue
        try:
            os.killpg(p.pid, signal.SIGKILL)  # whatever it started and left behind
        except ProcessLookupError:
            pass
        return p.returncode

    def text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def tail(self, lines=15):
        return "\n".join("    | " + line for line in self.text().splitlines()[-lines:])

    def __enter__(self):
        return self.start() if self.process is None else self

    def __exit__(self, *_):
        self.stop()


def answers(url, expect=lambda status: status < 500):
    """True when the URL gives an answer that `expect` likes."""
    try:
        with urllib.request.urlopen(url, timeout=5) as r:
            return expect(r.status)
    except urllib.error.HTTPError as e:
        return expect(e.code)
    except OSError:
        return False


def listens(port):
    with socket.socket() as s:
        s.settimeout(1)
        return s.connect_ex(("127.0.0.1", port)) == 0


class Whoami(Process):
    """Answers with what it was asked, in traefik/whoami's text format."""

    def __init__(self, name="whoami"):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__("whoami", [path("whoami"), "--port", self.port, "--name", name])

    def ready(self):
        return listens(self.port)


class Gate(Process):
    """A gate that speaks oauth2-proxy's flags: the real one, or `gatehouse oauth2-proxy`."""

    def __init__(self, program, options, env=None, port=None):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.options = {"http-address": f"127.0.0.1:{self.port}", **options}
        argv = list(program)
        for key, values in self.options.items():
            argv += [f"--{key}={v}" for v in (values if isinstance(values, (list, tuple)) else [values])]
        super().__init__("-".join(Path(p).name for p in argv[:len(program)]), argv, env, patience=20)

    def ready(self):
        return answers(self.url + "/ping", lambda status: status == 200)


def OAuth2Proxy(options, env=None, port=None):
    """The real oauth2-proxy with these options, in its own names: {"client-id": "x", "upstream": ["static://202"]}."""
    return Gate([path("oauth2-proxy")], options, env, port)


class Nginx(Process):
    """Debian's nginx with a configuration of its own; @NAME@ in the template is replaced by the values given."""

    def __init__(self, template, **values):
        program = path("nginx")
        self.home = Path(tempfile.mkdtemp(prefix="nginx-", dir=folder()))
        (self.home / "tmp").mkdir()
        self.ports = [v for k, v in values.items() if k.endswith("PORT")]
        text = template.read_text()
        for key, value in values.items():
            text = text.replace(f"@{key}@", str(value))
        (self.home / "nginx.conf").write_text(text)
        super().__init__("nginx", [program, "-p", self.home, "-c", "nginx.conf", "-e", self.home / "error.log"])

    def ready(self):
        return all(listens(p) for p in self.ports)

    def tail(self, lines=15):
        log = self.home / "error.log"
        return super().tail() + "\n" + "\n".join(log.read_text(errors="replace").splitlines()[-lines:] if log.exists() else [])


def run(*argv, seconds=60, env=None, input=None):
    """Runs a program to its end and gives back the CompletedProcess with text; bounded in time."""
    try:
        return subprocess.run([str(a) for a in argv], capture_output=True, text=True, timeout=seconds, input=input,
                              env={**os.environ, **(env or {})}, start_new_session=True, preexec_fn=_die_with_parent)
    except subprocess.TimeoutExpired as e:
        raise Failed(f"{Path(str(argv[0])).name} did not end within {seconds} s: {e.stdout or ''}{e.stderr or ''}") from e
