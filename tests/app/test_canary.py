"""Secrets leave by no door but their own: marked ones are looked for at every exit, in every guise. And nothing is ever
sent anywhere but to this machine itself."""
import base64
import json
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.parse

from desk import PROGRAM, Desk, main
from visitor import Visitor

SOURCE = pathlib.Path(__file__).resolve().parents[2]

# Files that reveal a secret to compute with it; the value stays inside. Doors are rows of `gatehouse explain --list exit`.
COMPUTED = {
    "core/arrangement/secretShapes.cpp": "generated values are derived from the seed",
    "core/capture/redactor.cpp": "the ledger of what must not leave",
    "core/crypto/secretString.h": "the door itself",
    "core/desk/secretVault.cpp": "the probe compares what the keyring gives back",
    "core/crypto/secretString.cpp": "a copy, and the constant-time comparison",
    "core/gate/cookieSeal.cpp": "sessions are sealed and opened",
    "core/gate/planCookies.cpp": "the length of the cookie secret",
    "core/provider/credentials.cpp": "passwords and codes are compared",
}


def guises(value):
    """The value as it is, percent-encoded, and in base64 at each of the three offsets."""
    raw = value.encode()
    out = {value, urllib.parse.quote(value, safe=""), urllib.parse.quote_plus(value), json.dumps(value)[1:-1],
           re.sub("%[0-9A-F]{2}", lambda found: found.group().lower(), urllib.parse.quote(value, safe=""))}
    for offset in range(3):
        whole = raw[(3 - offset) % 3:]
        whole = whole[:len(whole) // 3 * 3]
        for encoded in (base64.b64encode(whole), base64.urlsafe_b64encode(whole)):
            out.add(encoded.decode())
            out.add(urllib.parse.quote(encoded.decode(), safe=""))
    return out


def marked(name):
    if name.endswith("cookie"):
        return "CANARY+cookie/secret=of%32 bytes"
    if name.endswith("totp"):
        return ("CANARY" + re.sub("[^A-Za-z]", "", name) + "0" * 20)[:20]
    return f"CANARY {name} +&%/=?#"


class Canary(Desk):
    def setUp(self):
        super().setUp()
        self.lab = self.story()
        names = set(re.findall(r"\{secret: ([\w-]+)\}", self.lab.read_text(encoding="utf-8")))
        self.values = {name: marked(name) for name in names}
        for name, value in self.values.items():
            self.environment["GATEHOUSE_SECRET_" + name.upper().replace("-", "_")] = value
        self.assertGreaterEqual(len(self.values), 5)

    def assert_clean(self, text, where):
        for name, value in self.values.items():
            for guise in guises(value):
                self.assertNotIn(guise, text, f"{name} in {where}")
        for leak in re.findall(r"_oauth2_proxy[\w]*=(?!…|;|\"|\s|$)\S{8}|\beyJ[\w-]{20,}|[?&](?:code|state|session_code)=(?!…)"
                               r"[^&\s\"]{8}", text):
            self.fail(f"{leak} in {where}: {text[max(0, text.index(leak) - 200):text.index(leak) + 100]}")

    def assert_state_clean(self):
        for path in self.state.rglob("*"):
            if path.is_file():
                self.assert_clean(path.read_bytes().decode("latin-1"), path)

    def test_the_net_catches(self):  # a test that finds nothing has to be able to
        value = self.values["alice-password"]
        for sample in (value, urllib.parse.quote(value, safe=""), base64.b64encode(b"x" + value.encode()).decode(),
                       "a=" + base64.urlsafe_b64encode(b"xy" + value.encode()).decode()):
            with self.assertRaises(AssertionError):
                self.assert_clean(f"before {sample} after", "a sample")

    def test_rehearse(self):
        for arguments in (["rehearse", self.lab], ["rehearse", self.lab, "--format", "json"],
                          ["rehearse", self.lab, "--as", "alice", "--expect", "denied"],
                          ["check", self.lab], ["check", self.lab, "--format", "json"]):
            run = self.gatehouse(*arguments)
            self.assertIn(run.returncode, (0, 1))
            self.assert_clean(run.stdout, f"stdout of {arguments}")
            self.assert_clean(run.stderr, f"stderr of {arguments}")
        self.assert_state_clean()

    def test_run(self):
        running = self.start("run", self.lab, "-v")
        port = int(running.await_line(r"^  https +127\.0\.0\.1:(\d+)").group(1))
        running.await_line("^Ctrl")
        visitor = Visitor(self.state / "ca.pem", port)
        status, page = visitor.log_in("https://whoami.domain.tld/", "alice", self.values["alice-password"],
                                      lambda: self.gatehouse("totp", self.lab, "alice", status=0).stdout.strip())
        self.assertEqual(status, 200, (visitor.seen, page))
        self.assertIn("X-Forwarded-Proto: https", page)
        self.assertEqual(running.stop()[0], 0)
        out, err = running.text()
        self.assertIn("GET https://whoami.domain.tld/ 200", out)
        self.assert_clean(out, "the log")
        self.assert_clean(err, "stderr")
        for host, jar in visitor.cookies.items():
            for name, value in jar.items():
                if len(value) >= 16:
                    self.assertNotIn(value, out + err, f"cookie {name} of {host}")
        self.assert_state_clean()

    def test_wrong_values_are_not_repeated(self):
        self.environment["GATEHOUSE_SECRET_OAUTH2_PROXY_COOKIE"] = "CANARYtooshort"
        self.values = {"cookie": "CANARYtooshort"}
        for more in ([], ["--format", "json"]):
            run = self.gatehouse("check", self.lab, *more)
            self.assertEqual(run.returncode, 3)
            self.assert_clean(run.stdout + run.stderr, "check")

    def test_the_table_of_doors_is_whole(self):
        doors = {row["source"]: row["name"] for row in self.json("explain", "--list", "exit", "--format", "json")["entries"]}
        revealing, keeping = set(), set()
        for top in ("core", "app", "ui"):
            for path in (SOURCE / top).rglob("*"):
                if path.suffix in (".h", ".cpp"):
                    text = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
                    name = path.relative_to(SOURCE).as_posix()
                    if re.search(r"\breveal\(", text):
                        revealing.add(name)
                    if re.search(r"\bwritePrivate\(\w", text) and "usedCodes" not in name:
                        keeping.add(name)
        self.assertEqual(revealing - set(doors) - set(COMPUTED), set(), "opens a secret and is in no table")
        self.assertEqual(set(COMPUTED) - revealing, set(), "stands in the table and opens nothing")
        self.assertEqual(set(doors) - revealing - keeping, set(), "is no door any more")
        self.assertEqual({name for name in keeping if name.endswith(".cpp")} - set(doors), set())


class Loopback(Desk):
    ADDRESS = re.compile(r"sin6?_addr=inet_addr\(\"([^\"]+)\"|inet_pton\(AF_INET6, \"([^\"]+)\"")

    def traced(self, *arguments):
        trace = self.folder / "trace"
        run = subprocess.run(["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-s", "64", "-o",
                              trace, PROGRAM, *map(str, arguments)], env=self.environment, cwd=self.folder,
                             capture_output=True, encoding="utf-8", timeout=120)
        return run, trace.read_text() if trace.exists() else ""

    def test_nothing_is_sent_elsewhere(self):
        if not shutil.which("strace") or "ptrace" in self.traced("--version")[0].stderr.lower():
            print("strace is not to be had here: nothing was watched", file=sys.stderr)
            sys.exit(77)
        lab = self.story()
        run, text = self.traced("rehearse", lab, "--as", "alice")
        self.assertIn(run.returncode, (0, 1), run.stderr)
        asked = [found for line in text.splitlines() for found in self.ADDRESS.findall(line)]
        self.assertTrue(asked, "not one connection was seen")
        for four, six in asked:
            self.assertTrue(four.startswith("127.") or six in ("::1",), (four, six))
        for arguments in (["check", lab], ["new", "story"], ["doctor"], ["explain", "auth-url"], ["schema"],
                          ["secret", lab, "alice-password"], ["totp", lab, "alice"], ["ca", "export"]):
            run, text = self.traced(*arguments)
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual(self.ADDRESS.findall(text), [], arguments)


main()
