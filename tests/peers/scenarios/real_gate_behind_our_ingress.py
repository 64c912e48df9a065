"""The real oauth2-proxy as the service behind our ingress, the real Keycloak behind it: our auth sub-requests satisfy it."""
import labs
import parts
from scenario import check, same, scenario, seen_headers

NEEDS = ["keycloak", "oauth2-proxy", "gatehouse"]


def arrangement(stage, name, secrets, gate, service="embedded"):
    """The story's lab whose service oauth2-proxy is a URL, and which holds no gate of ours."""
    k = stage.keycloak()
    lab = labs.story()
    realm = labs.realm(name)
    k.admin.create_realm(labs.representation(realm, secrets))
    lab["providers"] = [{"name": "keycloak", "url": k.url, "realms": [realm], "runs": {"external": {}}}]
    del lab["gates"]
    lab["services"] = [{"namespace": "default", "name": "whoami", "port": 80, "runs": service},
                       {"namespace": "default", "name": "oauth2-proxy", "port": 4180, "runs": gate.url}]
    lab["rehearsals"][1]["expect"] = "denied"
    return lab


def real_gate(stage, name, secrets):
    k = stage.keycloak()
    k.admin.create_realm(labs.representation(labs.realm(name), secrets))   # it asks for the discovery document at its start
    return stage.gate(False, labs.options(k.issuer(name), set_xauthrequest="true"), secrets)


@scenario(needs=NEEDS)
def the_story_is_rehearsed(stage):
    """alice is let in by the real oauth2-proxy, bob refused, as with ours."""
    secrets = labs.Secrets()
    with real_gate(stage, "behind", secrets) as gate:
        lab = labs.write(arrangement(stage, "behind", secrets, gate), "real-gate")
        report = stage.desk(secrets).expect(lab)
        text = gate.text()
        same(text.count("GET - \"/oauth2/auth\"") > 0 or "/oauth2/auth" in text, True, "the gate's log names sub-requests")
        stage.note(f"alice in {report['rehearsals'][0]['seconds']:.2f} s")


@scenario(needs=[*NEEDS, "whoami"])
def a_browser_gets_through(stage):
    """`gatehouse run` with the real gate and a whoami of its own: first login, the service's view, sign_out."""
    secrets = labs.Secrets()
    with real_gate(stage, "behind-run", secrets) as gate, parts.Whoami() as whoami:
        lab = arrangement(stage, "behind-run", secrets, gate, whoami.url)
        lab["ingresses"][0]["annotations"]["nginx.ingress.kubernetes.io/auth-response-headers"] = \
            "X-Auth-Request-User, X-Auth-Request-Email"
        lab["controller"]["proxy-buffer-size"] = "16k"
        with stage.desk(secrets).serve(lab) as desk:
            browser = desk.browser("whoami.domain.tld")
            hop = browser.log_in("https://whoami.domain.tld/a?b=c&d=%2F", "alice", secrets["alice-password"], secrets["alice-totp"])
            browser.expect(hop, 200)
            same(hop.url, "https://whoami.domain.tld/a?b=c&d=%2F", "where the login leads")
            seen = dict(seen_headers(hop.text))
            same(seen.get("X-Auth-Request-Email"), "alice@domain.tld", "X-Auth-Request-Email at the service")
            same(seen.get("X-Forwarded-Port"), "443", "X-Forwarded-Port at the service")
            browser.expect(browser.request("GET", "https://whoami.domain.tld/oauth2/sign_out?rd=%2F"), 302)
            after = browser.request("GET", "https://whoami.domain.tld/")
            same(after.one("Location"), "https://whoami.domain.tld/oauth2/start?rd=%2F", "after sign_out")
        check(desk.process is None, "the run ended")
