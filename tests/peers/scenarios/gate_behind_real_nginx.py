"""A gate behind a real nginx with ingress-nginx's directives, a real Keycloak and whoami: the story that was recorded.

The real oauth2-proxy goes first: it proves the walk itself, so that a difference of ours is ours."""
import certificates
import labs
import parts
from browser import Browser
from scenario import check, same, scenario, seen_headers

REAL = ["keycloak", "oauth2-proxy", "nginx", "whoami"]
HOST = "whoami.domain.tld"


def walk(stage, ours):
    k, secrets = stage.keycloak(), labs.Secrets()
    port = parts.free_port()
    origin = f"https://{HOST}:{port}"
    realm = labs.realm("nginx", [origin + "/oauth2/callback"], eventsEnabled=True)
    k.admin.create_realm(labs.representation(realm, secrets))
    options = labs.options(k.issuer("nginx"), redirect_url=origin + "/oauth2/callback", whitelist_domain=[f"{HOST}:{port}"],
                           set_xauthrequest="true")
    ca, certificate, key = certificates.make(HOST)
    with parts.Whoami("w") as whoami, stage.gate(ours, options, secrets) as gate, parts.Nginx(
            parts.HERE / "nginx-ingress.conf", HTTPS_PORT=port, CERTIFICATE=certificate, KEY=key, GATE=gate.port,
            AUTH_HOST="127.0.0.1", WHOAMI=whoami.port):
        alice(stage, secrets, origin, Browser({f"{HOST}:{port}": port}, ca))
        outsider(secrets, origin, Browser({f"{HOST}:{port}": port}, ca))
        refused(secrets, origin, Browser({f"{HOST}:{port}": port}, ca), k)
        check(secrets["oauth2-proxy-client"] not in gate.text() or not ours, "our gate wrote a secret into its log")


def alice(stage, secrets, origin, browser):
    target = "/a?b=c&d=%2F"
    hop = browser.expect(browser.log_in(origin + target, "alice", secrets["alice-password"], secrets["alice-totp"]), 200)
    statuses = [h.status for h in browser.hops]
    same(statuses, [302, 302, 200, 200, 302, 302, 200], "statuses of a first login\n" + browser.story())
    same(browser.hops[0].one("Location"), origin + "/oauth2/start?rd=%2Fa%3Fb%3Dc%26d%3D%252F", "the sign-in redirect")
    same(browser.hops[5].one("Location"), target, "where the callback leads")
    same([c.split("=")[0] for c in browser.hops[1].all("Set-Cookie")], ["_oauth2_proxy_csrf"], "cookies of /oauth2/start")
    session = [c for c in browser.hops[5].all("Set-Cookie") if c.startswith("_oauth2_proxy=")]
    same(len(session), 1, "session cookies of the callback")
    same(session[0].split("; ")[1:], ["Path=/", "Max-Age=604800", "HttpOnly", "Secure"], "the session cookie's attributes")
    stage.note(f"session cookie of {len(session[0])} bytes")
    headers = dict(seen_headers(hop.text))
    for name, value in {"X-Forwarded-Host": HOST + ":" + origin.rsplit(":", 1)[1], "X-Forwarded-Port": "443",
                        "X-Forwarded-Proto": "https", "X-Scheme": "https", "X-Real-Ip": "127.0.0.1",
                        "X-Auth-Request-Email": "alice@domain.tld"}.items():
        same(headers.get(name), value, f"{name} at the service")
    check("Accept-Language" in headers and headers["Cookie"].startswith("_oauth2_proxy="), f"headers at the service: {headers}")

    browser.hops = []
    browser.expect(browser.get(origin + "/oauth2/sign_out?rd=%2F"), 200)
    same([h.status for h in browser.hops], [302, 302, 302, 302, 302, 200],
         "after sign_out the provider's session signs in again without a password\n" + browser.story())


def outsider(secrets, origin, browser):
    browser.expect(browser.log_in(origin + "/", "bob", secrets["bob-password"], secrets["bob-totp"]), 403)
    same(browser.jar.named("_oauth2_proxy"), {}, "cookies of a user outside the group")


def refused(secrets, origin, browser, k):
    hop = browser.log_in(origin + "/", "alice", "wrong")
    check("Invalid username or password." in hop.text, "the page after a wrong password\n" + browser.story())
    browser.jar.cookies.clear()
    hop = browser.log_in(origin + "/", "alice", secrets["alice-password"], code="000000")
    check("Invalid authenticator code." in hop.text, "the page after a wrong code\n" + browser.story())
    errors = sorted(e["error"] for e in k.admin.events("nginx", "LOGIN_ERROR"))
    same(errors, ["invalid_user_credentials", "invalid_user_credentials"], "Keycloak's events of refused logins")


@scenario(needs=REAL)
def the_real_gate(stage):
    """The recorded story with the real oauth2-proxy: alice in, bob refused, wrong password, wrong code, sign_out."""
    walk(stage, ours=False)


@scenario(needs=[*REAL[:1], *REAL[2:], "gatehouse"])
def our_gate(stage):
    """The same with `gatehouse oauth2-proxy`."""
    walk(stage, ours=True)
