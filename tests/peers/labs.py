"""The lab of the story as a Python value, to be changed by a scenario and written down: JSON is YAML too.

Secrets are of this run and given by the environment (GATEHOUSE_SECRET_<NAME>); for a real Keycloak the realm is made from
the same representation, with the secrets filled in.
"""
import copy
import json
import secrets as random

import parts


class Secrets:
    def __init__(self, **values):
        self.values = {"oauth2-proxy-client": random.token_urlsafe(24), "oauth2-proxy-cookie": random.token_hex(16)}
        for user in ("alice", "bob", "carol"):
            self.values[user + "-password"] = random.token_urlsafe(12)
            self.values[user + "-totp"] = "".join(random.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(20))
        self.values["keycloak-admin"] = "admin"
        self.values.update({k.replace("_", "-"): v for k, v in values.items()})

    def __getitem__(self, name):
        return self.values[name]

    def environment(self):
        return {"GATEHOUSE_SECRET_" + k.upper().replace("-", "_"): v for k, v in self.values.items()}


def secret(name):
    return {"secret": name}


def user(name, groups=(), otp=True, **more):
    credentials = [{"type": "password", "value": secret(name + "-password")}]
    if otp:
        credentials.append({"type": "otp", "secretData": secret(name + "-totp")})
    return {"username": name, "enabled": True, "email": f"{name}@domain.tld", "emailVerified": True, "firstName": name.title(),
            "lastName": "Example", "groups": list(groups), "credentials": credentials, **more}


def realm(name="demo", redirect_uris=("https://whoami.domain.tld/oauth2/callback",), **more):
    claims = {"claim.name": "groups", "full.path": "false", "id.token.claim": "true", "access.token.claim": "true",
              "userinfo.token.claim": "true"}
    return {"realm": name, "enabled": True,
            "clients": [{"clientId": "oauth2-proxy", "protocol": "openid-connect", "publicClient": False,
                         "secret": secret("oauth2-proxy-client"), "redirectUris": list(redirect_uris),
                         "protocolMappers": [{"name": "groups", "protocol": "openid-connect",
                                              "protocolMapper": "oidc-group-membership-mapper", "config": claims}]}],
            "groups": [{"name": "oauth2-proxy"}], "users": [user("alice", ["/oauth2-proxy"]), user("bob")], **more}


def representation(value, known):
    """What Keycloak is given: the same, with secrets filled in and authenticators in its own words."""
    value = copy.deepcopy(value)
    for person in value.get("users", []):
        for c in person.get("credentials", []):
            if c["type"] == "otp":
                c["secretData"] = json.dumps({"value": known[c["secretData"]["secret"]]})
                c.setdefault("credentialData", json.dumps({"subType": "totp", "digits": 6, "counter": 0, "period": 30,
                                                           "algorithm": "HmacSHA1"}))

    def fill(v):
        if isinstance(v, dict):
            return known[v["secret"]] if list(v) == ["secret"] else {k: fill(x) for k, x in v.items()}
        return [fill(x) for x in v] if isinstance(v, list) else v
    return fill(value)


def options(issuer, **more):
    """The gate's options of the story, in oauth2-proxy's own names."""
    return {"provider": "keycloak-oidc", "oidc-issuer-url": issuer, "client-id": "oauth2-proxy", "scope": "openid email profile",
            "code-challenge-method": "S256", "allowed-group": ["oauth2-proxy"], "email-domain": ["*"], "reverse-proxy": "true",
            "trusted-proxy-ip": ["127.0.0.1/32"], "upstream": ["static://202"], "skip-provider-button": "true",
            **{k.replace("_", "-"): v for k, v in more.items()}}


def story(**changes):
    """The story's lab; `changes` replace whole sections."""
    host = "whoami.domain.tld"
    tls = [{"hosts": [host], "secretName": "whoami-domain-cert"}]

    def rule(path, service, port):
        return [{"host": host, "http": {"paths": [{"path": path, "pathType": "Prefix", "backend":
                                                   {"service": {"name": service, "port": {"number": port}}}}]}}]
    gate = options("https://keycloak.domain.tld/realms/demo")
    gate.update({"client-secret": secret("oauth2-proxy-client"), "cookie-secret": secret("oauth2-proxy-cookie"),
                 "reverse-proxy": True, "skip-provider-button": True, "http-address": "0.0.0.0:4180"})
    prefix = "nginx.ingress.kubernetes.io/"
    return {
        "gatehouse": 1,
        "providers": [{"name": "keycloak", "url": "https://keycloak.domain.tld", "runs": "embedded", "realms": [realm()]}],
        "gates": [{"name": "oauth2-proxy", "namespace": "default", "options": gate}],
        "controller": {"proxy-add-original-uri-header": "true"},
        "ingresses": [
            {"namespace": "default", "name": "whoami", "ingressClassName": "nginx", "tls": tls, "rules": rule("/", "whoami", 80),
             "annotations": {prefix + "auth-url": "https://$host/oauth2/auth",
                             prefix + "auth-signin": "https://$host/oauth2/start?rd=$escaped_request_uri"}},
            {"namespace": "default", "name": "whoami-oauth2-proxy", "ingressClassName": "nginx", "tls": tls,
             "rules": rule("/oauth2", "oauth2-proxy", 4180)}],
        "services": [{"namespace": "default", "name": "whoami", "port": 80, "runs": "embedded"},
                     {"namespace": "default", "name": "oauth2-proxy", "port": 4180, "runs": {"gate": "oauth2-proxy"}}],
        "rehearsals": [{"as": "alice", "url": f"https://{host}/", "expect": "allowed"},
                       {"as": "bob", "url": f"https://{host}/", "expect": "user-not-in-group"}],
        **changes}


def write(lab, name):
    file = parts.folder() / f"{name}.gatehouse.yaml"
    file.write_text(json.dumps(lab, indent=1) + "\n")
    return file
