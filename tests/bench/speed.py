#!/usr/bin/env python3
"""What one authenticated, captured request costs, beside nginx and nginx with oauth2-proxy. See README.md."""
import argparse
import json
import os
import re
import statistics
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "peers"))
import labs      # noqa: E402
import parts     # noqa: E402
import scenario  # noqa: E402

HOST = "whoami.domain.tld"
SECRETS = {"oauth2-proxy-client": "bench-client-secret-0123456789", "oauth2-proxy-cookie": "0123456789abcdef0123456789abcdef",
           "alice-password": "wonderland", "bob-password": "builder", "bob-totp": "JBSWY3DPEHPK3PXP"}
FIELDS = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Accept-Language": "en-US,en;q=0.5",
          "Accept-Encoding": "gzip, deflate, br", "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
          "Upgrade-Insecure-Requests": "1", "Cache-Control": "max-age=0", "DNT": "1"}


def nginx(locations, service=0, gate=9):
    return parts.Nginx(HERE / "nginx.conf", LISTEN_PORT=parts.free_port(), LOCATIONS=locations, SERVICE=service or 9, GATE=gate)


def processes(leader):
    """A process and its children: nginx is a master and a worker."""
    children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
    return [leader, *(p for child in children for p in processes(int(child)))]


def cpu(leaders):
    """Nanoseconds on a CPU of all threads, by the scheduler's account (proc(5), schedstat)."""
    total = 0
    for leader in leaders:
        for process in processes(leader):
            for task in os.listdir(f"/proc/{process}/task"):
                total += int(Path(f"/proc/{process}/task/{task}/schedstat").read_text().split()[0])
    return total


def lua(cookies, name):
    """A wrk script that sends these Cookie lines in turn."""
    file = parts.folder() / f"{name}.lua"
    fields = "".join(f"wrk.headers[{json.dumps(k)}] = {json.dumps(v)}\n" for k, v in {"Host": HOST, **FIELDS}.items())
    requests = ",\n".join(json.dumps(c) for c in cookies)
    file.write_text(f"""{fields}
local cookies = {{{requests}}}
local requests, at = {{}}, 0
init = function()
  for i, c in ipairs(cookies) do wrk.headers["Cookie"] = c; requests[i] = wrk.format("GET", "/bench?x=1") end
end
request = function() at = at % #requests + 1; return requests[at] end
""")
    return file


class Target:
    def __init__(self, name, port, leaders, script):
        self.name, self.port, self.leaders, self.script, self.costs, self.rates = name, port, leaders, script, [], []

    def round(self, seconds):
        before = cpu(self.leaders)
        out = parts.run("wrk", "-t1", "-c64", f"-d{seconds}s", "-s", self.script, f"http://127.0.0.1:{self.port}/", seconds=seconds + 30)
        used = cpu(self.leaders) - before
        count = int(re.search(r"(\d+) requests in", out.stdout).group(1))
        wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", out.stdout)
        if wrong or "Socket errors" in out.stdout or count == 0:
            raise SystemExit(f"{self.name}: requests went wrong\n{out.stdout}")
        self.costs.append(used / count / 1000)
        self.rates.append(count / seconds)

    @property
    def cost(self):
        return statistics.median(self.costs)


def sessions(serving, count):
    """Cookie lines of so many logins."""
    out = []
    for _ in range(count):
        person = serving.browser()
        hop = person.log_in(f"https://{HOST}/", "alice", SECRETS["alice-password"])
        if hop.status != 200:
            raise SystemExit(f"the login ended with {hop.status}\n{person.story()}")
        out.append(person.jar.header(f"https://{HOST}/"))
    return out


def lab(service):
    prefix = "nginx.ingress.kubernetes.io/"
    off = {prefix + "ssl-redirect": "false", prefix + "proxy-buffer-size": "16k"}  # else the answer with the session is a 502
    out = labs.story()
    for ingress in out["ingresses"]:
        ingress["annotations"] = {**ingress.get("annotations", {}), **off}
    out["services"][0]["runs"] = f"http://127.0.0.1:{service}"
    realm = out["providers"][0]["realms"][0]
    departments = [f"department-{n:02}-of-the-company" for n in range(14)]  # a grown person's tokens: a cookie in two parts
    realm["groups"] = [*realm["groups"], *({"name": d} for d in departments)]
    realm["users"] = [labs.user("alice", ["/oauth2-proxy", *("/" + d for d in departments)], otp=False), labs.user("bob")]
    return out


def real_gate():
    """The real oauth2-proxy with the story's options; it finds its provider only when it needs it, which is never here."""
    issuer = "https://keycloak.domain.tld/realms/demo"
    ends = f"{issuer}/protocol/openid-connect"
    return parts.OAuth2Proxy(labs.options(issuer, skip_oidc_discovery="true", login_url=f"{ends}/auth", redeem_url=f"{ends}/token",
                                          oidc_jwks_url=f"{ends}/certs", client_secret=SECRETS["oauth2-proxy-client"],
                                          cookie_secret=SECRETS["oauth2-proxy-cookie"], standard_logging="false", auth_logging="false",
                                          request_logging="false"))


def measure(program, seconds, rounds, only):
    desk = scenario.Desk(program, labs.Secrets(**SECRETS))
    with nginx('location / { default_type text/plain; return 200 "ok"; }') as service:
        port = service.ports[0]
        plain = "location / { proxy_pass http://service; }"
        asking = ("location / { auth_request /gate; proxy_pass http://service; }\n"
                  "location = /gate { internal; proxy_pass_request_body off; proxy_set_header Content-Length \"\"; "
                  "proxy_pass http://gate/oauth2/auth; proxy_buffer_size 16k; proxy_buffers 4 16k; }")
        with nginx(plain, port) as proxy, real_gate() as gate, nginx(asking, port, gate.port) as front, desk.serve(lab(port), "--quiet") as ours:
            cookies = sessions(ours, 16)
            print(f"cookie: {len(cookies[0])} bytes in {cookies[0].count('_oauth2_proxy')} parts; {os.cpu_count()} CPUs")
            one, many = lua(cookies[:1], "warm"), lua(cookies, "cold")
            targets = [Target("nginx", proxy.ports[0], [proxy.process.pid], one),
                       Target("nginx + oauth2-proxy", front.ports[0], [front.process.pid, gate.process.pid], many),
                       Target("gatehouse, warm", ours.http, [ours.process.pid], one),
                       Target("gatehouse, cold", ours.http, [ours.process.pid], many)]
            targets = [t for t in targets if not only or only in t.name]
            for t in targets:
                print(f"{t.name}: processes {t.leaders}", flush=True)
            for target in targets:
                target.round(1)  # connections, caches, branch predictors
                target.costs.clear(), target.rates.clear()
            for _ in range(rounds):
                for target in targets:
                    target.round(seconds)
            return targets


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--gatehouse", required=True, help="the program to measure: a release build")
    options.add_argument("--seconds", type=int, default=3, help="of each run")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--only", default="", help="targets with this in their name, for a profiler; no ratios then")
    chosen = options.parse_args()
    parts.end_on_signals()
    for name in ("nginx", "oauth2-proxy", "wrk"):
        parts.path(name)
    targets = measure(str(Path(chosen.gatehouse).resolve()), chosen.seconds, chosen.rounds, chosen.only)
    if chosen.only:
        for t in targets:
            print(f"{t.name:22} {t.cost:.2f} us ({min(t.costs):.2f}-{max(t.costs):.2f})")
        return
    nginx_plain, nginx_gate = targets[0].cost, targets[1].cost
    print(f"{'':22} {'CPU us/request':>16} {'(min-max)':>17} {'requests/s':>11} {'to nginx':>9} {'to nginx + oauth2-proxy':>24}")
    for t in targets:
        print(f"{t.name:22} {t.cost:16.2f} {f'({min(t.costs):.2f}-{max(t.costs):.2f})':>17} {statistics.median(t.rates):11.0f}"
              f" {t.cost / nginx_plain:9.2f} {t.cost / nginx_gate:24.3f}")


if __name__ == "__main__":
    main()
