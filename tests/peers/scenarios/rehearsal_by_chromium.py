"""The story with a real Keycloak's pages in a real browser: the rehearsal by Chromium, and the window itself by hand."""
import os

import labs
import parts
from scenario import Desk, check, same, scenario
from scenarios.rehearsal_with_real_keycloak import external

NEEDS = ["keycloak", "gatehouse"]
PEOPLE = [("alice", "allowed"), ("bob", "user-not-in-group"), ("carol", "allowed")]

# What a browser says of itself and Gatehouse's HTTP driver does not, and what differs from visit to visit.
BROWSERS = {"accept", "accept-encoding", "accept-language", "cache-control", "connection", "sec-ch-ua", "sec-ch-ua-mobile",
            "sec-ch-ua-platform", "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site", "sec-fetch-user",
            "upgrade-insecure-requests", "user-agent"}
ANEW = {"cookie", "x-request-id"}


def with_carol(realm):
    realm["users"].append(labs.user("carol", ["/oauth2-proxy"], otp=False, requiredActions=["CONFIGURE_TOTP"]))


def display():
    """The environment of a browser without a display; as root Chromium has no sandbox."""
    env = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
    if os.geteuid() == 0:
        env["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    return env


def pages(rehearsal):
    """What was asked for, one after the other, and what came: the queries are of this visit only."""
    return [(hop["method"], hop["url"].split("?")[0], hop.get("status")) for hop in rehearsal["hops"]]


def headers(rehearsal):
    return {name.lower(): value for name, value in rehearsal["upstreamRequest"]["headers"]}


@scenario(needs=NEEDS)
def same_story_by_chromium_and_by_http(stage):
    """Both drivers go the same way through the real Keycloak, enrolment included, and the service gets the same headers."""
    reports = {}
    for driver in ("http", "chromium"):
        secrets = labs.Secrets()
        lab = external(stage, f"by-{driver}", secrets, PEOPLE, realm=[with_carol])
        desk = stage.desk(secrets)
        desk.env.update(display())
        reports[driver] = desk.expect(lab, "--driver", driver, seconds=240)
        kinds = sorted(c["type"] for c in stage.keycloak().admin.credentials(f"by-{driver}", "carol"))
        same(kinds, ["otp", "password"], f"carol's credentials at Keycloak after the visit by {driver}")
    for http, chromium in zip(reports["http"]["rehearsals"], reports["chromium"]["rehearsals"]):
        who = http["as"]
        walk, other = ([(m, u.replace("by-chromium", "by-http"), s) for m, u, s in pages(r)] for r in (http, chromium))
        same([step[:2] for step in other], [step[:2] for step in walk], f"{who}'s hops by Chromium")
        if http["expect"] != "allowed":
            continue
        ours, theirs = headers(http), headers(chromium)
        check(set(ours) - BROWSERS == set(theirs) - BROWSERS,
              f"{who}: only by HTTP {set(ours) - set(theirs)}, only by Chromium {set(theirs) - set(ours)}")
        for name in sorted(set(ours) - BROWSERS - ANEW):
            same(theirs[name], ours[name], f"{who}: {name} at the service by Chromium")
        for name in ANEW:
            check(theirs[name] and ours[name], f"{who}: {name} is empty at the service")
    told = set(headers(reports["chromium"]["rehearsals"][0])) - set(headers(reports["http"]["rehearsals"][0]))
    stage.note("a browser adds " + ", ".join(sorted(told)))


@scenario(needs=NEEDS)
def the_window_by_hand(stage):
    """Alice, bob and carol by key and mouse in the window, on the real Keycloak's own pages; carol enrols first."""
    program = os.environ.get("GATEHOUSE_STORY_PROGRAM")
    if not program:
        raise parts.Missing("no program of the window's story was given (GATEHOUSE_STORY_PROGRAM)")
    secrets = labs.Secrets()
    lab = external(stage, "windowed", secrets, PEOPLE, realm=[with_carol])
    desk = Desk(stage.program, secrets)
    done = parts.run(program, seconds=300, env={**desk.env, **display(), "GATEHOUSE_STORY_LAB": str(lab)})
    check(done.returncode == 0, f"ended with {done.returncode}\n{done.stdout[-6000:]}{done.stderr[-2000:]}")
    logins = {e["details"]["username"] for e in stage.keycloak().admin.events("windowed", "LOGIN")}
    same(logins, {"alice", "bob", "carol"}, "logins that Keycloak tells of")
