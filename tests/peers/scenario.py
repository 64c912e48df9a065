"""What a scenario is: a function marked with @scenario in a file of scenarios/, given a Stage.

It raises when something is not as it must be; parts.Missing says that a real part is absent, which skips it aloud.
"""
import json
import os
import re
import tempfile
from pathlib import Path

import browser
import keycloak
import labs
import parts

SCENARIOS = []


def scenario(needs=()):
    """needs: names of parts, `gatehouse` among them; looked at before anything is started."""
    def mark(function):
        SCENARIOS.append((function.__module__.split(".")[-1], function, tuple(needs)))
        return function
    return mark


class Stage:
    """What all scenarios share: one Keycloak, started when the first asks, and the program under test."""

    def __init__(self, program):
        self.program, self._keycloak, self.notes = program, None, []

    def close(self):
        if self._keycloak:
            self._keycloak.stop()

    def need(self, name):
        if name == "gatehouse":
            if not self.program:
                raise parts.Missing("no gatehouse was given (--gatehouse PATH)")
        else:
            parts.path(name)

    def keycloak(self):
        if self._keycloak is None:
            self._keycloak = keycloak.Keycloak().start()
        return self._keycloak

    def note(self, text):
        """A figure to be printed beside the scenario's name."""
        self.notes.append(text)

    def gate(self, ours, options, secrets):
        """Our gate or the real one, with the same options."""
        options = {**options, "client-secret": secrets["oauth2-proxy-client"]}
        options.setdefault("cookie-secret", secrets["oauth2-proxy-cookie"])
        if not ours:
            return parts.OAuth2Proxy(options)
        return parts.Gate([self.program, "oauth2-proxy"], options, env=Desk(self.program).env)

    def desk(self, secrets=None):
        return Desk(self.program, secrets)


class Desk:
    """The program with a home of its own: nothing of the machine's user is read or written."""

    def __init__(self, program, secrets=None):
        self.program = program
        self.home = Path(tempfile.mkdtemp(prefix="desk-", dir=parts.folder()))
        self.env = {f"XDG_{n}_HOME": str(self.home / n.lower()) for n in ("DATA", "STATE", "CONFIG", "CACHE")}
        self.env["HOME"] = str(self.home)
        if secrets:
            self.env.update(secrets.environment())

    def run(self, *arguments, seconds=60, input=None):
        return parts.run(self.program, *arguments, seconds=seconds, env=self.env, input=input)

    def say(self, *arguments, seconds=60):
        """The text on stdout of a command that must succeed."""
        done = self.run(*arguments, seconds=seconds)
        if done.returncode:
            raise parts.Failed(f"gatehouse {' '.join(map(str, arguments))} ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout.strip()

    def rehearse(self, lab, *arguments, seconds=120):
        """The JSON report of `gatehouse rehearse`, whatever it found; None of its own errors are swallowed."""
        done = self.run("rehearse", lab, "--format", "json", *arguments, seconds=seconds)
        if done.returncode not in (0, 1):
            raise parts.Failed(f"gatehouse rehearse ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def expect(self, lab, *arguments, seconds=120):
        """Rehearses and requires every rehearsal to end as the lab says; gives back the report."""
        report = self.rehearse(lab, *arguments, seconds=seconds)
        check(report["rehearsals"], "nothing was rehearsed")
        wrong = [r for r in report["rehearsals"] if not r["ok"]]
        if wrong:
            r = wrong[0]
            hops = "\n".join("    " + json.dumps(h)[:300] for h in r["hops"])
            raise AssertionError(f"{r['as']} was expected to end in {r['expect']}: {r['verdict']}\n{hops}")
        return report

    def serve(self, lab, *arguments):
        return Serving(self, lab, arguments)


class Serving(parts.Process):
    """`gatehouse run LAB`, with listeners on free ports: 443, 80 and the CONNECT proxy of the lab."""

    def __init__(self, desk, lab, arguments=(), name="run"):
        self.desk = desk
        self.https, self.http, self.proxy = parts.free_port(), parts.free_port(), parts.free_port()
        lab = {**lab, "listeners": [{"name": "https", "bind": f"127.0.0.1:{self.https}", "public": 443},
                                    {"name": "http", "bind": f"127.0.0.1:{self.http}", "public": 80},
                                    {"name": "proxy", "bind": f"127.0.0.1:{self.proxy}", "connect": True}]}
        self.file = labs.write(lab, f"{name}-{self.https}")
        super().__init__("gatehouse-run", [desk.program, "run", *arguments, self.file], desk.env)

    def ready(self):
        return parts.listens(self.https) and parts.listens(self.http)

    def ca(self):
        file = self.desk.home / "ca.pem"
        if not file.exists():
            self.desk.say("ca", "export", "-o", file)
        return str(file)

    def browser(self, *hosts, **more):
        hosts = hosts or ("whoami.domain.tld", "keycloak.domain.tld")
        lead = {f"{h}:443": self.https for h in hosts} | {f"{h}:80": self.http for h in hosts}
        return browser.Browser(lead, self.ca(), **more)


def check(condition, text):
    if not condition:
        raise AssertionError(text)


def same(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: {found!r}, not {wanted!r}")


def seen_headers(whoami_text):
    """What whoami says it was sent: [(name, value)], names in Go's canonical case."""
    request = re.split(r"(?m)^[A-Z]+ \S* HTTP/1\.[01]\r?\n", whoami_text, maxsplit=1)
    check(len(request) == 2, f"this is not whoami's page: {whoami_text[:200]}")
    lines = request[1].split("\r\n\r\n")[0].splitlines()
    return [tuple(line.split(": ", 1)) for line in lines if ": " in line]


REQUIRED = os.environ.get("GATEHOUSE_REQUIRE_REAL_PARTS") == "1"
