"""`gatehouse totp` says the code that oathtool says, and its QR code is what a phone must read, here by zbarimg."""
import json
import re
import time
import urllib.parse

import labs
import parts
import totp
from scenario import check, same, scenario

POLICIES = {   # as Keycloak's realms say it: the arguments that oathtool wants for the same
    "the default": ({}, []),
    "eight digits": ({"otpPolicyDigits": 8}, ["-d", "8"]),
    "SHA-256, a minute": ({"otpPolicyAlgorithm": "HmacSHA256", "otpPolicyPeriod": 60}, ["--totp=sha256", "-s", "60"]),
    "SHA-512, eight digits": ({"otpPolicyAlgorithm": "HmacSHA512", "otpPolicyDigits": 8}, ["--totp=sha512", "-d", "8"]),
}


def lab_with(policy, name):
    lab = labs.story()
    if policy:   # Keycloak takes the policy only as a whole
        lab["providers"][0]["realms"][0].update({"otpPolicyType": "totp", "otpPolicyAlgorithm": "HmacSHA1", "otpPolicyDigits": 6,
                                                 "otpPolicyPeriod": 30, "otpPolicyLookAheadWindow": 1,
                                                 "otpPolicyInitialCounter": 0, **policy})
    return labs.write(lab, name)


def oathtool(key, arguments):
    mode = [] if any(a.startswith("--totp") for a in arguments) else ["--totp"]
    done = parts.run(parts.path("oathtool"), *mode, *arguments, "-b", totp.base32(key))
    check(done.returncode == 0, done.stderr)
    return done.stdout.strip()


def picture(text):
    """A grey picture of a QR code made of half blocks, as a terminal with a dark ground shows it: ink is light."""
    rows = [line for line in text.splitlines() if re.search("[\u2580\u2584\u2588]", line)]
    check(rows, f"there is no QR code in this: {text[:300]}")
    width, scale = max(len(r) for r in rows), 6
    pixels = bytearray()
    for row in rows:
        row = row.ljust(width)
        for lit in ("\u2580\u2588", "\u2584\u2588"):
            line = b"".join((b"\xff" if c in lit else b"\x00") * scale for c in row)
            pixels += line * scale
    file = parts.folder() / "qr.pgm"
    file.write_bytes(b"P5 %d %d 255\n" % (width * scale, len(rows) * 2 * scale) + pixels)
    return file


@scenario(needs=["oathtool"])
def oathtool_and_this_program(stage):
    """The tests' own codes are oathtool's: what the other scenarios send is right."""
    key = labs.Secrets()["alice-totp"]
    for at in (59, 1111111109, 2000000000):
        done = parts.run(parts.path("oathtool"), "--totp", "-b", totp.base32(key), "--now", f"@{at}")
        same(totp.code(key, at), done.stdout.strip(), f"the code at {at}")


@scenario(needs=["oathtool", "gatehouse"])
def oathtool_agrees(stage):
    """The same code for every digit count, algorithm and period that Keycloak knows."""
    for name, (policy, arguments) in POLICIES.items():
        secrets = labs.Secrets()
        lab, desk = lab_with(policy, "totp"), stage.desk(secrets)
        for user in ("alice", "bob"):
            for _ in range(3):   # a code may change between the two questions
                before, ours, after = oathtool(secrets[user + "-totp"], arguments), desk.say("totp", lab, user), oathtool(
                    secrets[user + "-totp"], arguments)
                if before == after:
                    break
                time.sleep(0.1)
            same(ours, after, f"{user}'s code with {name}")


@scenario(needs=["zbarimg", "gatehouse"])
def zbarimg_reads_the_qr(stage):
    """The QR code in the terminal holds the otpauth URI with alice's key, and the policy of her realm."""
    for name, (policy, _) in POLICIES.items():
        secrets = labs.Secrets()
        shown = stage.desk(secrets).say("totp", lab_with(policy, "qr"), "alice", "--qr")
        done = parts.run(parts.path("zbarimg"), "-q", "--raw", picture(shown))
        same(done.returncode, 0, f"zbarimg on the QR code with {name}: {done.stderr}\n{shown}")
        uri = urllib.parse.urlsplit(done.stdout.strip())
        query = dict(urllib.parse.parse_qsl(uri.query))
        same((uri.scheme, uri.netloc), ("otpauth", "totp"), "the URI")
        check("alice" in urllib.parse.unquote(uri.path), f"alice is not named in {uri.path}")
        same(query["secret"].rstrip("="), totp.base32(secrets["alice-totp"]), "the key in the QR code")
        wanted = {"digits": str(policy.get("otpPolicyDigits", 6)), "period": str(policy.get("otpPolicyPeriod", 30)),
                  "algorithm": policy.get("otpPolicyAlgorithm", "HmacSHA1").replace("Hmac", "")}
        same({k: query.get(k, v) for k, v in {"digits": "6", "period": "30", "algorithm": "SHA1"}.items()}, wanted,
             f"the policy in the QR code with {name}: {json.dumps(query)}")
