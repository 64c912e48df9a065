"""A WebSocket client (RFC 6455, version 13, no extensions) that goes where a Browser goes and carries its cookies."""
import base64
import functools
import hashlib
import io
import os
import ssl
import struct
import threading
import urllib.parse

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class Refused(AssertionError):
    pass


class Tls(io.RawIOBase):
    """TLS that one thread may read while another writes. Python's own socket hands both to one SSL object of OpenSSL at the
    same time (before 3.13), which is not made for that: now and then a record is garbled and the server hangs up."""

    def __init__(self, context, raw, server_hostname):
        super().__init__()
        self.raw, self.came, self.goes = raw, ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.came, self.goes, server_hostname=server_hostname)
        self.sealing, self.sending = threading.Lock(), threading.Lock()
        while not self._try(self.tls.do_handshake):
            self._fetch()

    def _try(self, step):
        """Does it, if it can be done with what has come; sends what it has to say."""
        with self.sending:
            try:
                with self.sealing:
                    return step() or True
            except ssl.SSLWantReadError:
                return None
            finally:
                self.raw.sendall(self.goes.read())

    def _fetch(self):
        data = self.raw.recv(1 << 16)
        with self.sealing:
            self.came.write(data) if data else self.came.write_eof()

    def readable(self):
        return True

    def readinto(self, into):
        while True:
            with self.sealing:
                try:
                    return self.tls.read(len(into), into)
                except ssl.SSLWantReadError:
                    pass
                except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
                    return 0
            self._fetch()

    def sendall(self, data):
        self._try(lambda: self.tls.write(data))

    def makefile(self, _):
        return io.BufferedReader(self, 1 << 16)

    def close(self):
        self.raw.close()
        super().close()


class WebSocket:
    def __init__(self, browser, target, headers=None):
        url = urllib.parse.urlsplit(target)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket = browser.connect(url, wrap=functools.partial(Tls, browser.tls))
        lines = [f"GET {url.path or '/'}{'?' + url.query if url.query else ''} HTTP/1.1", f"Host: {url.netloc}",
                 "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}",
                 f"Origin: {'https' if url.scheme == 'wss' else 'http'}://{url.netloc}",
                 *(f"{n}: {v}" for n, v in (headers or {}).items())]
        cookie = browser.jar.header(target)
        if cookie:
            lines.append("Cookie: " + cookie)
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.buffer = self.socket.makefile("rb")
        self.status = int(self.buffer.readline().split()[1])
        self.headers = {}
        while (line := self.buffer.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode().partition(":")
            self.headers[name.lower()] = value.strip()
        proof = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
        if self.status != 101 or self.headers.get("sec-websocket-accept") != proof:
            self.socket.close()
            raise Refused(f"{target}: {self.status} {self.headers}")
        self.writing = threading.Lock()

    def send(self, data, kind=None):
        kind = kind or (TEXT if isinstance(data, str) else BINARY)
        data = data.encode() if isinstance(data, str) else data
        n, mask = len(data), os.urandom(4)
        size = bytes([0x80 | n]) if n < 126 else b"\xfe" + struct.pack(">H", n) if n < 65536 else b"\xff" + struct.pack(">Q", n)
        pad = int.from_bytes((mask * (n // 4 + 1))[:n], "big")
        masked = (int.from_bytes(data, "big") ^ pad).to_bytes(n, "big")
        with self.writing:
            self.socket.sendall(bytes([0x80 | kind]) + size + mask + masked)

    def receive(self):
        """(kind, data) of the next whole message; pings are answered on the way."""
        kind, data = 0, b""
        while True:
            first, second = self._exactly(2)
            n = second & 127
            n = struct.unpack(">H", self._exactly(2))[0] if n == 126 else struct.unpack(">Q", self._exactly(8))[0] if n == 127 else n
            payload = self._exactly(n)
            code = first & 15
            if code == PING:
                self.send(payload, PONG)
            elif code == PONG:
                continue
            else:
                kind, data = code or kind, data + payload
                if first & 0x80:
                    return kind, data.decode() if kind == TEXT else data

    def _exactly(self, n):
        data = self.buffer.read(n)
        if len(data) != n:
            raise Refused(f"the connection ended {n - len(data)} bytes early")
        return data

    def close(self):
        """The closing handshake; the status that the other side gives."""
        self.send(struct.pack(">H", 1000), CLOSE)
        kind, data = self.receive()
        while kind != CLOSE:
            kind, data = self.receive()
        self.socket.close()
        return struct.unpack(">H", data[:2])[0] if len(data) >= 2 else None
