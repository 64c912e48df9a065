"""`gatehouse rehearse` with a real Keycloak as the lab's external provider; the realm is made from the lab's own words."""
import labs
from scenario import check, same, scenario, seen_headers

NEEDS = ["keycloak", "gatehouse"]


def external(stage, name, secrets, expectations, **changes):
    """The story's lab with the real Keycloak in its provider's place, the realm already made there."""
    k = stage.keycloak()
    lab = labs.story()
    realm = labs.realm(name, eventsEnabled=True)
    for change in changes.pop("realm", []):
        change(realm)
    k.admin.create_realm(labs.representation(realm, secrets))
    lab["providers"] = [{"name": "keycloak", "url": k.url, "realms": [realm],
                         "runs": {"external": {"admin": {"username": "admin", "password": labs.secret("keycloak-admin")}}}}]
    lab["gates"][0]["options"]["oidc-issuer-url"] = k.issuer(name)
    lab["gates"][0]["options"].update(changes)
    lab["rehearsals"] = [{"as": who, "url": "https://whoami.domain.tld/", "expect": code, **more} for who, code, *with_ in
                         expectations for more in [{"with": with_[0]} if with_ else {}]]
    return labs.write(lab, name)


@scenario(needs=NEEDS)
def alice_in_bob_out(stage):
    """Password and TOTP at the real Keycloak: alice reaches whoami, bob is told that he is not in the group."""
    secrets = labs.Secrets()
    lab = external(stage, "rehearsed", secrets, [("alice", "allowed"), ("bob", "user-not-in-group")])
    report = stage.desk(secrets).expect(lab)
    alice = report["rehearsals"][0]
    same([u for u in ("alice", "bob") if len(stage.keycloak().admin.events("rehearsed", "LOGIN")) == 2], ["alice", "bob"],
         "logins at Keycloak")
    names = [n.lower() for n, _ in alice["upstreamRequest"]["headers"]]
    for name in ("host", "user-agent", "accept", "cookie", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port",
                 "x-forwarded-proto", "x-original-uri", "x-real-ip", "x-request-id", "x-scheme"):
        check(name in names, f"{name} is not in the request that the service saw: {names}")
    page = alice["page"] if isinstance(alice["page"], str) else alice["page"].get("text", str(alice["page"]))
    seen = dict(seen_headers(page))
    same(seen.get("X-Forwarded-Port"), "443", "X-Forwarded-Port on whoami's page")
    stage.note(f"alice in {alice['seconds']:.2f} s")


@scenario(needs=NEEDS)
def first_login_enrols_an_authenticator(stage):
    """A user whom Keycloak makes set up an authenticator gets one, gets in, and is asked for its code the next time."""
    secrets = labs.Secrets()

    def carol(realm):
        realm["users"].append(labs.user("carol", ["/oauth2-proxy"], otp=False, requiredActions=["CONFIGURE_TOTP"]))
    lab = external(stage, "enrolling", secrets, [("carol", "allowed")], realm=[carol])
    stage.desk(secrets).expect(lab)
    kinds = sorted(c["type"] for c in stage.keycloak().admin.credentials("enrolling", "carol"))
    same(kinds, ["otp", "password"], "carol's credentials at Keycloak")
    same(stage.keycloak().admin.user("enrolling", "carol")["requiredActions"], [], "what Keycloak still wants of carol")


@scenario(needs=NEEDS)
def faults_of_the_person(stage):
    """Wrong password, wrong code, a clock two minutes off: each its own verdict, and Keycloak's events say the same."""
    secrets = labs.Secrets()
    lab = external(stage, "mistaken", secrets, [("alice", "wrong-password", {"password": "not-the-password"}),
                                                ("alice", "wrong-otp", {"otp": "000000"}),
                                                ("alice", "authenticator-clock-off", {"clockOffset": 120})])
    for r in stage.desk(secrets).expect(lab)["rehearsals"]:
        check(r["verdict"]["hint"], f"{r['verdict']['code']} comes without a hint")
    errors = {e["error"] for e in stage.keycloak().admin.events("mistaken", "LOGIN_ERROR")}
    same(errors, {"invalid_user_credentials"}, "Keycloak's events")


@scenario(needs=NEEDS)
def faults_of_the_arrangement(stage):
    """Wrong client secret, unregistered redirect URI, a scope the client lacks: the real Keycloak's words are understood."""
    def elsewhere(realm):
        realm["clients"][0]["redirectUris"] = ["https://whoami.domain.tld/elsewhere"]

    def another_secret(realm):
        realm["clients"][0]["secret"] = labs.secret("another-secret")
    for name, code, changes in (("wrong-secret", "wrong-client-secret", {"client-secret": labs.secret("another-secret")}),
                                ("wrong-uri", "redirect-uri-unregistered", {"realm": [elsewhere]}),
                                ("wrong-scope", "scope-unknown", {"scope": "openid email profile groups"})):
        secrets = labs.Secrets(another_secret="not the secret of the client")
        lab = external(stage, name, secrets, [("alice", code)], **changes)
        r = stage.desk(secrets).expect(lab)["rehearsals"][0]
        check(r["verdict"]["hint"], f"{code} comes without a hint")
