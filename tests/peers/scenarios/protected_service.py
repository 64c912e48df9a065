"""`gatehouse protect` in front of a stranger's service: python's own web server, and Node-RED with its WebSocket."""
import hashlib
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

import parts
from browser import Browser
from scenario import Serving, check, same, scenario
from websocket import BINARY, TEXT, Refused, WebSocket

FRAMES, LARGE = 1000, 64 * 1024
HOST = "app.example.test"


class WebServer(parts.Process):
    """python3 -m http.server over a folder of its own."""

    def __init__(self):
        self.port, self.root = parts.free_port(), Path(tempfile.mkdtemp(prefix="www-", dir=parts.folder()))
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__("http-server", [sys.executable, "-m", "http.server", self.port, "--bind", "127.0.0.1", "--directory",
                                         self.root], {"PYTHONUNBUFFERED": "1"})

    def ready(self):
        return parts.listens(self.port)


class NodeRed(parts.Process):
    def __init__(self):
        self.port, home = parts.free_port(), Path(tempfile.mkdtemp(prefix="node-red-", dir=parts.folder()))
        self.url = f"http://127.0.0.1:{self.port}"
        for name in ("flows.json", "settings.js"):
            shutil.copy(parts.HERE / "node-red" / name, home)
        super().__init__("node-red", [parts.path("node"), Path(parts.path("node-red")) / "red.js", "--userDir", home],
                         {"NODE_RED_PORT": str(self.port), "HOME": str(home)}, patience=60)

    def ready(self):
        return parts.listens(self.port) and "Started flows" in self.text()


class Protected(Serving):
    """`gatehouse protect URL --host …` as it was written, on free ports, running."""

    def __init__(self, desk, url):
        self.desk, self.file = desk, desk.home / "app.gatehouse.yaml"
        desk.say("protect", url, "--host", HOST, "-o", self.file)
        self.https, self.http = parts.free_port(), parts.free_port()
        with open(self.file, "a", encoding="utf-8") as lab:
            lab.write(f"\nlisteners:\n  - {{name: https, bind: 127.0.0.1:{self.https}, public: 443}}\n"
                      f"  - {{name: http, bind: 127.0.0.1:{self.http}, public: 80}}\n")
        parts.Process.__init__(self, "gatehouse-run", [desk.program, "run", self.file], desk.env)

    def logged_in(self):
        """A browser in which alice has logged in, with what `gatehouse secret` and `gatehouse totp` say."""
        password = self.desk.say("secret", self.file, "alice-password")
        code = self.desk.say("totp", self.file, "alice")
        provider = next(line.split("url: https://")[1].split()[0] for line in self.file.read_text().splitlines()
                        if "url: https://" in line)
        browser = self.browser(HOST, provider)
        browser.expect(browser.log_in(f"https://{HOST}/", "alice", password, code=code), 200)
        return browser


def talk(socket):
    """A thousand frames there and back, text and binary, every fiftieth 64 KiB and more: seconds taken."""
    frames = []
    for i in range(FRAMES):
        size = LARGE + i if i % 50 == 0 else i % 300
        frames.append((f"{i}:" + "ü" * (size // 2)) if i % 2 else f"{i}:".encode() + os.urandom(size))
    begun = time.monotonic()

    def write():
        try:
            for f in frames:
                socket.send(f)
        except OSError:
            pass   # the reader sees it too, and says what is missing
    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    for i, wanted in enumerate(frames):
        kind, data = socket.receive()
        same(kind, TEXT if isinstance(wanted, str) else BINARY, f"kind of frame {i}")
        check(data == wanted, f"frame {i} came back changed: {len(data)} for {len(wanted)}: {data[:40]!r}, {wanted[:40]!r}")
    writer.join(30)
    seconds = time.monotonic() - begun
    same(socket.close(), 1000, "the close status")
    return seconds


@scenario(needs=["node-red", "node"])
def node_red_alone(stage):
    """The WebSocket client and Node-RED without anything between them: the talk itself is right."""
    with NodeRed() as service:
        stage.note(f"{FRAMES} frames both ways in {talk(WebSocket(Browser(), service.url + '/echo')):.2f} s")


@scenario(needs=["python3", "gatehouse"])
def a_web_server(stage):
    """python3 -m http.server: rehearsed, then a page, a file of 8 MiB, HEAD, 304, 404 and 501 through the ingress."""
    content = os.urandom(8 << 20)
    with WebServer() as service:
        (service.root / "index.html").write_text("<title>A stranger's page</title>")
        (service.root / "file.bin").write_bytes(content)
        desk = stage.desk()
        with Protected(desk, service.url) as running:
            desk.expect(running.file)
            stranger = running.browser(HOST)
            same(stranger.request("GET", f"https://{HOST}/file.bin").status, 302, "a stranger's request")
            browser = running.logged_in()
            check("A stranger's page" in browser.get(f"https://{HOST}/").text, "the service's page")
            file = browser.expect(browser.request("GET", f"https://{HOST}/file.bin"), 200)
            same(hashlib.sha256(file.raw).digest(), hashlib.sha256(content).digest(), "the file's checksum")
            head = browser.expect(browser.request("HEAD", f"https://{HOST}/file.bin"), 200)
            same((head.one("Content-Length"), head.raw), (str(len(content)), b""), "HEAD")
            again = browser.request("GET", f"https://{HOST}/file.bin", headers={"If-Modified-Since": file.one("Last-Modified")})
            same((again.status, again.raw), (304, b""), "a conditional request")
            same(browser.request("GET", f"https://{HOST}/none").status, 404, "a page that is not there")
            same(browser.request("POST", f"https://{HOST}/", {"a": "b"}).status, 501, "a method that the service lacks")


@scenario(needs=["node-red", "node", "gatehouse"])
def node_red_with_its_websocket(stage):
    """Node-RED: the editor's page, and a thousand WebSocket frames both ways with the cookies of the login."""
    with NodeRed() as service, Protected(stage.desk(), service.url) as running:
        try:
            WebSocket(running.browser(HOST), f"wss://{HOST}/echo")
        except Refused as e:
            check(" 302 " in str(e), f"a stranger's WebSocket: {e}")
        else:
            check(False, "a stranger's WebSocket was let through")
        browser = running.logged_in()
        check("Node-RED" in browser.get(f"https://{HOST}/").text, "the editor's page")
        stage.note(f"{FRAMES} frames both ways in {talk(WebSocket(browser, f'wss://{HOST}/echo')):.2f} s")
