"""npm openid-client 6 is a client of our embedded provider, and npm jose verifies its tokens; the real Keycloak is asked
the same first."""
import json
import os
import shutil
import subprocess
from pathlib import Path

import labs
import parts
from browser import Browser
from scenario import check, same, scenario

NEEDS = ["openid-client", "jose", "node"]
CALLBACK = "https://whoami.domain.tld/oauth2/callback"


def log_in(issuer, browser, secrets, ca=None):
    """The client's own report of a login by alice."""
    folder = parts.folder() / "openid-client"
    if not folder.exists():   # the script must lie beside the packages that it imports
        folder.mkdir()
        shutil.copy(parts.HERE / "openid-client" / "login.mjs", folder)
        (folder / "node_modules").symlink_to(Path(parts.path("openid-client")).parent)
    told = {"issuer": issuer, "clientId": "oauth2-proxy", "clientSecret": secrets["oauth2-proxy-client"], "redirectUri": CALLBACK,
            "scope": "openid email profile", "lead": browser.lead}
    env = {**os.environ, **({"NODE_EXTRA_CA_CERTS": str(ca)} if ca else {})}
    with open(folder / "errors", "w", encoding="utf-8") as errors, subprocess.Popen(
            [parts.path("node"), folder / "login.mjs", json.dumps(told)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=errors, text=True, env=env) as node:
        try:
            authorization = node.stdout.readline().strip()
            if authorization:
                browser.stop = CALLBACK
                hop = browser.log_in(authorization, "alice", secrets["alice-password"], secrets["alice-totp"])
                browser.expect(hop, 302)
                out, _ = node.communicate(hop.location + "\n", timeout=60)
            else:
                out = ""
        finally:
            node.kill()
    check(out, f"openid-client: {(folder / 'errors').read_text()[-1500:]}")
    return json.loads(out)


def judge(report, issuer):
    same(report["issuer"], issuer, "the issuer")
    for token in ("idToken", "accessToken", "userinfo"):
        same({k: report[token].get(k) for k in ("preferred_username", "email", "groups")},
             {"preferred_username": "alice", "email": "alice@domain.tld", "groups": ["oauth2-proxy"]}, f"claims of {token}")
    same(report["idToken"]["aud"], "oauth2-proxy", "aud")
    same(report["refreshed"]["idToken"]["sub"], report["idToken"]["sub"], "sub after a refresh")
    same(report["refreshed"]["idToken"]["sid"], report["idToken"]["sid"], "sid after a refresh")
    same(report["again"], "invalid_grant", "the code sent twice")
    same(report["forged"], "ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "a forged token")
    same(report["stranger"], "ERR_JWT_CLAIM_VALIDATION_FAILED", "a token for somebody else")


def ask_keycloak(stage):
    k, secrets = stage.keycloak(), labs.Secrets()
    k.admin.create_realm(labs.representation(labs.realm("openid"), secrets))
    report = log_in(k.issuer("openid"), Browser(), secrets)
    judge(report, k.issuer("openid"))
    return report


def ask_us(stage):
    secrets = labs.Secrets()
    with stage.desk(secrets).serve(labs.story()) as desk:
        report = log_in("https://keycloak.domain.tld/realms/demo", desk.browser(), secrets, desk.ca())
    judge(report, "https://keycloak.domain.tld/realms/demo")
    return report


@scenario(needs=["keycloak", *NEEDS])
def at_the_real_keycloak(stage):
    """A login, userinfo, a refresh and the checks of jose at the real Keycloak."""
    ask_keycloak(stage)


@scenario(needs=["gatehouse", *NEEDS])
def at_the_embedded_provider(stage):
    """The same at the embedded provider of a lab that runs."""
    ask_us(stage)


@scenario(needs=["keycloak", "gatehouse", *NEEDS])
def both_say_the_same(stage):
    """The tokens of both providers hold the same claims, header fields, scope and lifetimes."""
    real, ours = ask_keycloak(stage), ask_us(stage)
    for token in ("idToken", "idHeader", "accessToken", "userinfo"):
        same(sorted(ours[token]), sorted(real[token]), f"names in {token}")
    for token in ("idToken", "accessToken"):
        for claim in ("typ", "azp", "aud", "acr", "email_verified", "name", "given_name", "family_name"):
            same(ours[token].get(claim), real[token].get(claim), f"{claim} of {token}")
        same(ours[token]["exp"] - ours[token]["iat"], real[token]["exp"] - real[token]["iat"], f"lifetime of {token}")
    same(sorted(ours["accessToken"]["scope"].split()), sorted(real["accessToken"]["scope"].split()), "scopes, in any order")
    for name in ("scope", "expiresIn"):
        same(sorted(str(ours[name]).split()), sorted(str(real[name]).split()), name)
    for token in ("idToken",):
        same(sorted(ours["refreshed"][token]), sorted(real["refreshed"][token]), f"names in {token} after a refresh")
