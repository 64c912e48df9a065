"""The real Keycloak, in development mode with its database in memory, and the part of its Admin REST API we use."""
import json
import os
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import parts

ADMIN, PASSWORD = "admin", "admin"

# Options that are built into the server at its first start. Another set would build it anew, half a minute each time.
BUILT = ["--db=dev-mem", "--health-enabled=true", "--cache=local"]


class RestError(Exception):
    def __init__(self, method, path, status, body):
        super().__init__(f"{method} {path}: {status} {body[:300]}")
        self.status, self.body = status, body


class Keycloak(parts.Process):
    """One server on free ports. `url` is its public address, `admin` its Admin REST client.

    certificate: (file, key file) for https on a second port; public: the address that browsers use, when it is not the
    server's own (it then says so in every link and as issuer).
    """

    def __init__(self, certificate=None, public=None, home=None, archive=None, dump=None):
        home = Path(home or parts.path("keycloak"))
        archive = Path(archive) if archive else home.parent / "classes.jsa"
        self.port, self.management = parts.free_port(), parts.free_port()
        self.local = f"http://127.0.0.1:{self.port}"
        self.url = public or f"http://localhost:{self.port}"
        argv = [home / "bin/kc.sh", "start-dev", *BUILT, "--http-host=127.0.0.1", f"--http-port={self.port}",
                f"--http-management-port={self.management}", "--http-management-host=127.0.0.1"]
        if certificate:
            self.https = parts.free_port()
            argv += [f"--https-port={self.https}", f"--https-certificate-file={certificate[0]}",
                     f"--https-certificate-key-file={certificate[1]}"]
            self.url = public or f"https://localhost:{self.https}"
        if public:
            argv += [f"--hostname={public}", "--hostname-backchannel-dynamic=true"]
        if not dump:  # several servers may share the installation: each keeps its data in a home of links
            own = Path(tempfile.mkdtemp(prefix="keycloak-", dir=parts.folder()))
            for entry in home.iterdir():
                if entry.name != "data":
                    (own / entry.name).symlink_to(entry)
            argv.insert(2, f"-Dkc.home.dir={own}")
        # The archive of classes that `get` made halves the processor time of a start. While it is made, the quick compiler
        # will do; afterwards the good one pays, since every realm means two new RSA keys and every login a password hash.
        java = f"-XX:TieredStopAtLevel=1 -XX:ArchiveClassesAtExit={dump}" if dump else ""
        if archive.exists():
            java = f"-XX:SharedArchiveFile={archive} -Xshare:auto"
        env = {"KC_BOOTSTRAP_ADMIN_USERNAME": ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD": PASSWORD, "JAVA_OPTS_APPEND": java}
        super().__init__("keycloak", argv, env, patience=400 if dump else 240)
        self.admin = Admin(self.local)

    def ready(self):
        return parts.answers(self.local + "/realms/master", lambda status: status == 200)

    def issuer(self, realm):
        return f"{self.url}/realms/{realm}"


class Admin:
    """Admin REST with a token that is renewed in time."""

    def __init__(self, base):
        self.base, self._token, self._until = base, None, 0.0

    def token(self):
        if time.monotonic() > self._until:
            form = urllib.parse.urlencode({"client_id": "admin-cli", "grant_type": "password", "username": ADMIN,
                                           "password": PASSWORD}).encode()
            with urllib.request.urlopen(f"{self.base}/realms/master/protocol/openid-connect/token", form, 120) as r:
                answer = json.load(r)
            self._token, self._until = answer["access_token"], time.monotonic() + answer["expires_in"] / 2
        return self._token

    def call(self, method, path, body=None):
        request = urllib.request.Request(f"{self.base}/admin/realms{path}", method=method,
                                         data=None if body is None else json.dumps(body).encode())
        request.add_header("Authorization", "Bearer " + self.token())
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=180) as r:
                content = r.read()
        except urllib.error.HTTPError as e:
            raise RestError(method, path, e.code, e.read().decode(errors="replace")) from None
        return json.loads(content) if content else None

    def get(self, path):
        return self.call("GET", path)

    def create_realm(self, representation):
        """A realm from one JSON representation; an older one of the same name goes first."""
        try:
            self.call("DELETE", "/" + representation["realm"])
        except RestError as e:
            if e.status != 404:
                raise
        self.call("POST", "", representation)

    def user(self, realm, name):
        return self.get(f"/{realm}/users?exact=true&username={urllib.parse.quote(name)}")[0]

    def sessions(self, realm, name):
        return self.get(f"/{realm}/users/{self.user(realm, name)['id']}/sessions")

    def credentials(self, realm, name):
        return self.get(f"/{realm}/users/{self.user(realm, name)['id']}/credentials")

    def events(self, realm, *types):
        query = "&".join(["max=1000", *("type=" + t for t in types)])
        return self.get(f"/{realm}/events?{query}")

    def clear_events(self, realm):
        self.call("DELETE", f"/{realm}/events")


def warm(home, archive):
    """The first start, by tests/peers/get: builds the server and writes down the classes it loaded, for quick starts."""
    parts.end_on_signals()
    with Keycloak(home=home, archive="/nonexistent", dump=archive) as k:
        print(f"first start: {k.seconds:.1f} s")
        k.admin.create_realm({"realm": "warm", "enabled": True, "users": [{"username": "warm", "enabled": True}]})
        for url in ("/realms/warm/.well-known/openid-configuration", "/realms/warm/protocol/openid-connect/certs",
                    "/realms/warm/protocol/openid-connect/auth?client_id=account-console&response_type=code&scope=openid"
                    f"&redirect_uri={urllib.parse.quote(k.local + '/realms/warm/account/')}&code_challenge={'x' * 43}"
                    "&code_challenge_method=S256"):
            with urllib.request.urlopen(k.local + url, timeout=60) as r:
                r.read()
        begun = time.monotonic()
        status = k.stop(seconds=120)  # it writes the archive while it ends
        print(f"ended with {status} after {time.monotonic() - begun:.1f} s")
    if not os.path.exists(archive):
        print("no archive of classes was written: later starts take a little longer")


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "--warm":
        warm(sys.argv[2], sys.argv[3])
    else:
        sys.exit("usage: keycloak.py --warm HOME ARCHIVE")
