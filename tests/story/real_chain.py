"""Replays the four logins of real-chain.json (recorded on Keycloak, oauth2-proxy, nginx and whoami) against
`gatehouse run real-chain.gatehouse.yaml`, and compares statuses, Locations, cookies, headers, pages and what the
service saw. usage: real_chain.py GATEHOUSE"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

from chain_client import Client, Forms, masked

here = os.path.dirname(os.path.abspath(__file__))
LAB = os.path.join(here, "real-chain.gatehouse.yaml")
ORIGIN = "https://whoami.domain.tld:18443"

# Where the recording's hand-written nginx is not ingress-nginx, or one server is not another; each with its reason.
IGNORED_HEADERS = {
    "server": "nginx 1.22 names itself; the controller sends no Server field (server-tokens off, more_clear_headers)",
    "content-length": "page sizes are ours; lengths of fixed bodies are compared with the body itself",
    "transfer-encoding": "the recording's nginx re-chunks; framing is the connection's business",
    "connection": "one connection a request here, keep-alive in the recording",
    "date": "time",
}
SERVICE_DIFFERENCES = {
    "X-Forwarded-Port": "the recording's nginx says the constant 443; the controller says its listener's port",
    "X-Request-Id": "random",
    "Cookie": "random",
}


class Run:
    def __init__(self, program):
        self.program = program
        self.home = tempfile.TemporaryDirectory()
        self.environment = dict(os.environ, **{f"XDG_{n}_HOME": self.home.name for n in ("DATA", "STATE", "CONFIG", "CACHE")})
        self.process = subprocess.Popen([program, "run", LAB], env=self.environment, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        self.ca = os.path.join(self.home.name, "ca.pem")
        for _ in range(100):
            if self.process.poll() is not None:
                sys.exit("gatehouse run ended:\n" + self.process.stdout.read())
            if self.listening():
                break
            time.sleep(0.1)
        self.say("ca", "export", "-o", self.ca)

    @staticmethod
    def listening():
        import socket
        with socket.socket() as s:
            return s.connect_ex(("127.0.0.1", 18443)) == 0

    def say(self, *arguments):
        return subprocess.run([self.program, *arguments], env=self.environment, capture_output=True, text=True,
                              check=True).stdout.strip()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)
        self.home.cleanup()


def compare_cookies(recorded, answer, wrong):
    lines = answer.all("Set-Cookie")
    names = [l.split("=", 1)[0] for l in lines]
    if names != [c["name"] for c in recorded]:
        wrong.append(f"cookies {names}, recorded {[c['name'] for c in recorded]}")
        return
    for cookie, line in zip(recorded, lines):
        value, *attributes = [p.strip() for p in line.split(";")]
        attributes = [a for a in attributes if not a.startswith("Expires=")]
        if attributes != cookie["attributes"]:
            wrong.append(f"{cookie['name']}: attributes {attributes}, recorded {cookie['attributes']}")
        length = len(value.split("=", 1)[1])
        if (length == 0) != (cookie["value_length"] == 0) or abs(length - cookie["value_length"]) > 0.15 * cookie["value_length"]:
            wrong.append(f"{cookie['name']}: {length} bytes, recorded {cookie['value_length']}")


# Fields that the controller adds where the recording's nginx did not: (name, why).
ADDED_BY_THE_CONTROLLER = {
    "strict-transport-security": "the recording's nginx has HSTS in the protected location alone; the controller sends it "
                                 "with every https answer but the sign-in redirect (measured: t5, y5, hs-alt)",
}


def compare_headers(recorded, answer, wrong, behind_ingress):
    def lists(headers):
        return sorted((n.lower(), masked(v)) for n, v in headers
                      if n.lower() not in IGNORED_HEADERS and n.lower() != "set-cookie")
    ours, theirs = lists(answer.headers), lists(recorded)
    for line in theirs:
        if line not in ours:
            wrong.append(f"lacks {line[0]}: {line[1]}")
    for line in ours:
        if line not in theirs and not (behind_ingress and line[0] in ADDED_BY_THE_CONTROLLER):
            wrong.append(f"has {line[0]}: {line[1]}, which was not recorded")


def compare_page(recorded, answer, wrong):
    page = Forms(answer.body)
    if recorded["title"] is not None and page.title != recorded["title"]:
        wrong.append(f"title {page.title}, recorded {recorded['title']}")
    for element in recorded["element_ids"]:
        if element not in page.ids:
            wrong.append(f"the page lacks {element}")
    for form in recorded["forms"]:
        if "id" not in form:
            continue
        ours = [f for f in page.forms if f["id"] == form["id"]]
        if not ours or masked(ours[0]["action"]) != form["action"] or ours[0]["method"] != form["method"]:
            wrong.append(f"form {form['id']}: {ours}")
            continue
        names = [f.get("name") for f in ours[0]["fields"] if f.get("name")]
        if names != [f["name"] for f in form["fields"] if f.get("name")]:
            wrong.append(f"form {form['id']}: fields {names}")


def service_request(body):
    """The request that whoami prints, as line and headers."""
    lines = body.replace("\r\n", "\n").split("\n")
    start = next((i for i, l in enumerate(lines) if l.endswith(" HTTP/1.1")), None)
    if start is None:
        return None
    return lines[start], [tuple(l.split(": ", 1)) for l in lines[start + 1:] if ": " in l]


def compare_service(recorded, answer, wrong):
    ours, theirs = service_request(answer.body), service_request(recorded)
    if ours is None or ours[0] != theirs[0]:
        wrong.append(f"the service saw {ours}, recorded {theirs[0]}")
        return

    def lists(headers):
        return sorted(h if h[0] not in SERVICE_DIFFERENCES else (h[0], "") for h in headers)
    if lists(ours[1]) != lists(theirs[1]):
        wrong.append(f"the service saw {set(lists(ours[1])) ^ set(lists(theirs[1]))} otherwise")


def fields(run, login, page, names):
    user = "bob" if login == "bob" else "alice"
    out = {}
    for name in names:
        if name == "username":
            out[name] = user
        elif name == "password":
            out[name] = "wrong" if login == "wrong-password" else run.say("secret", LAB, f"{user}-password")
        elif name == "otp":
            out[name] = "000000" if login == "wrong-otp" else run.say("totp", LAB, user).split()[0]
        else:
            out[name] = ""
    hidden = {f["name"]: f["value"] for form in page.forms for f in form["fields"] if f.get("type") == "hidden" and f.get("name")}
    return {**hidden, **out}


def replay(run, login, steps):
    client, last, failures = Client(run.ca), None, 0
    for number, step in enumerate(steps):
        recorded, wrong = step["request"], []
        url = recorded["url"]
        if last is not None and masked(urllib.parse.urljoin(ORIGIN, (last.all("Location") or [""])[0])) == url:
            url = urllib.parse.urljoin(ORIGIN, last.all("Location")[0])
        form = None
        if recorded["method"] == "POST":
            page = Forms(last.body)
            if not page.forms:
                print(f"{login} {number}: no form to send"); return failures + 1
            url = page.forms[0]["action"]
            form = fields(run, login, page, recorded["form_fields"])
        answer, sent = client.request(recorded["method"], url, form)
        if masked(url) != recorded["url"]:
            wrong.append(f"went to {masked(url)}, recorded {recorded['url']}")
        if sent != sorted(recorded["cookies"]):
            wrong.append(f"sent cookies {sent}, recorded {recorded['cookies']}")
        if answer.status != step["status"]:
            wrong.append(f"status {answer.status}, recorded {step['status']}")
        else:
            compare_cookies(step["set_cookies"], answer, wrong)
            compare_headers(step["headers"], answer, wrong, recorded["url"].startswith(ORIGIN))
            if "page" in step:
                compare_page(step["page"], answer, wrong)
            elif service_request(step["body"]):
                compare_service(step["body"], answer, wrong)
        print(f"{login} {number}: {recorded['method']} {recorded['url'][:90]} {answer.status} {'ok' if not wrong else ''}")
        for line in wrong:
            print("    " + line)
        failures += bool(wrong)
        last = answer
    return failures


def main():
    with open(os.path.join(here, "real-chain.json"), encoding="utf-8") as file:
        logins = json.load(file)["logins"]
    run = Run(sys.argv[1])
    try:
        # alice's wrong code comes last: a code refused must not spoil the right one's turn.
        failures = sum(replay(run, login, steps) for login, steps in logins.items())
    finally:
        run.stop()
    total = sum(len(steps) for steps in logins.values())
    print(f"{total - failures} of {total} recorded steps agree")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
