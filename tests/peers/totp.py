"""One-time codes by RFC 6238 (SHA-1, six digits, thirty seconds), with keys as Keycloak keeps them: the bytes of the
text are the key; an authenticator app is given their Base32."""
import base64
import hashlib
import hmac
import struct
import time

_used = {}   # (key, step): Keycloak and we alike refuse a code twice


def code(key, at=None):
    step = int((time.time() if at is None else at) // 30)
    mac = hmac.new(key.encode(), struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[offset:offset + 4])[0] & 0x7fffffff) % 1000000:06d}"


def fresh(key):
    """A code that this run has not sent yet: now's, a neighbour step's, or the next one's after a wait."""
    for _ in range(40):
        step = int(time.time() // 30)
        for candidate in (step, step + 1, step - 1):
            if (key, candidate) not in _used:
                _used[key, candidate] = True
                return code(key, candidate * 30)
        time.sleep(1)
    raise AssertionError("no fresh code within 40 s")


def base32(key):
    return base64.b32encode(key.encode()).decode().rstrip("=")
