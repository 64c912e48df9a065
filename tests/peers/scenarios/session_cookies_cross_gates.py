"""A session cookie made by one gate opens the other: every kind of secret, single and split cookies, both ways."""
import base64
import hashlib
import json

import labs
from browser import Browser
from scenario import check, same, scenario

# The kinds of secret that oauth2-proxy tells apart: how long the text is, and whether it is Base64 of an AES key.
SECRETS = {
    "16 bytes": "sixteen bytes...",
    "24 bytes": "twenty-four bytes, sure!",
    "32 bytes": "a secret of thirty-two bytes, ok",
    "32 hexadecimal digits (24 bytes of Base64)": "0123456789abcdef0123456789abcdef",
    "Base64 of 16 bytes": base64.urlsafe_b64encode(hashlib.md5(b"peers").digest()).decode(),
    "Base64 of 32 bytes": base64.urlsafe_b64encode(hashlib.sha256(b"peers").digest()).decode(),
    "Base64 of 32 bytes, no padding": base64.urlsafe_b64encode(hashlib.sha256(b"unpadded").digest()).decode().rstrip("="),
}
USERS = {"alice": 0, "carol": 10, "dave": 30}   # groups beside oauth2-proxy: cookies in one part, in two, in more
IDENTITY = ["X-Auth-Request-User", "X-Auth-Request-Email", "X-Auth-Request-Groups", "X-Auth-Request-Preferred-Username"]


def realm_of_many_groups(name):
    def groups(user):
        return [hashlib.sha256(f"{user}{i}".encode()).hexdigest()[:40] for i in range(USERS[user])]
    realm = labs.realm(name, ["http://127.0.0.1/oauth2/callback"])   # on loopback any port goes
    realm["groups"] += [{"name": g} for u in USERS for g in groups(u)]
    realm["users"] = [labs.user(u, ["/oauth2-proxy", *("/" + g for g in groups(u))], otp=False) for u in USERS]
    return realm


def options(issuer, cookie_secret):
    o = labs.options(issuer, cookie_secret=cookie_secret, cookie_secure="false", set_xauthrequest="true", reverse_proxy="false")
    del o["trusted-proxy-ip"]
    return o


def identity(hop):
    return {n: hop.one(n) for n in IDENTITY}


def cross(stage, ours, logins):
    """logins at each gate in turn, each shown to both."""
    k, secrets = stage.keycloak(), labs.Secrets(dave_password="of dave, for this test")
    k.admin.create_realm(labs.representation(realm_of_many_groups("cookies"), secrets))
    browsers = {u: Browser() for u in USERS}
    parts_seen, done = set(), 0
    plan = [(kind, user) for kind in SECRETS for user in USERS]
    rounds = -(-logins // len(plan))
    for kind, cookie_secret in SECRETS.items():
        with stage.gate(False, options(k.issuer("cookies"), cookie_secret), secrets) as real, \
                stage.gate(ours, options(k.issuer("cookies"), cookie_secret), secrets) as other:
            for user, browser in browsers.items():
                for _ in range(rounds):
                    for maker, reader in ((real, other), (other, real)):
                        parts_seen.add(one_login(maker, reader, browser, user, secrets, kind))
                    done += 1
    check(len(parts_seen) == 3 and {1, 2} < parts_seen, f"cookies came in {sorted(parts_seen)} parts only")
    check(done >= logins, f"only {done} logins")
    stage.note(f"{done} logins at each gate, cookies in {sorted(parts_seen)} parts")


def one_login(maker, reader, browser, user, secrets, kind):
    """One login at `maker`, its cookie shown to both; gives back how many parts the cookie has."""
    for key in [c for c in browser.jar.cookies if c[2].startswith("_oauth2_proxy")]:
        del browser.jar.cookies[key]
    browser.hops = []
    hop = browser.log_in(maker.url + "/", user, secrets[user + "-password"])
    where = f"{user} with a secret of {kind}, made by {maker.name}"
    same(hop.status, 202, f"the page after the login of {where}\n{browser.story()}\n{maker.tail(5)}")
    cookies = browser.jar.named("_oauth2_proxy")
    check(all(c == "_oauth2_proxy" or c.startswith("_oauth2_proxy_") for c in cookies), f"cookies of {where}: {list(cookies)}")
    own = browser.expect(browser.request("GET", maker.url + "/oauth2/auth"), 202)
    foreign = browser.request("GET", reader.url + "/oauth2/auth")
    same(foreign.status, 202, f"{reader.name} shown the cookie of {where}; parts {list(cookies)}\n{reader.tail(5)}")
    same(identity(foreign), identity(own), f"who {reader.name} says it is, shown the cookie of {where}")
    same(json.loads(browser.request("GET", reader.url + "/oauth2/userinfo").text),
         json.loads(browser.request("GET", maker.url + "/oauth2/userinfo").text), "userinfo at both gates")
    return len(cookies)


@scenario(needs=["keycloak", "oauth2-proxy"])
def the_real_gate_and_itself(stage):
    """Two real oauth2-proxy: every kind of secret and cookie is made at all, and the walk is right."""
    cross(stage, ours=False, logins=len(SECRETS) * len(USERS))


@scenario(needs=["keycloak", "oauth2-proxy", "gatehouse"])
def fifty_logins_at_each_gate(stage):
    """Fifty logins at the real oauth2-proxy and fifty at ours, each session cookie accepted by the other."""
    cross(stage, ours=True, logins=50)
