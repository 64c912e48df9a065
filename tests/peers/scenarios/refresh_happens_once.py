"""cookie-refresh after one second, twenty requests at once: how many refreshes the real Keycloak sees; and sign_out."""
import threading
import time
import urllib.parse

import labs
from browser import Browser
from scenario import check, same, scenario

EVENTS = ["LOGIN", "LOGIN_ERROR", "CODE_TO_TOKEN", "REFRESH_TOKEN", "REFRESH_TOKEN_ERROR", "LOGOUT", "LOGOUT_ERROR"]
AT_ONCE = 20


def at_once(browser, url):
    """So many requests with the same cookies, let go together: the answers."""
    gate, answers, lock = threading.Barrier(AT_ONCE), [], threading.Lock()

    def one():
        gate.wait(10)
        try:
            answer = browser.request("GET", url, keep=False)
        except OSError as e:
            answer = e
        with lock:
            answers.append(answer)
    threads = [threading.Thread(target=one, daemon=True) for _ in range(AT_ONCE)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(60)
    return answers


def until(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        check(time.monotonic() < end, what)
        time.sleep(0.1)


def refreshes(stage, ours, name):
    """Logs in, lets the cookie age, asks at once, then signs out; gives back the number of refreshes Keycloak saw."""
    k, secrets = stage.keycloak(), labs.Secrets()
    realm = labs.realm(name, ["http://127.0.0.1/oauth2/callback"], eventsEnabled=True, enabledEventTypes=EVENTS,
                       accessTokenLifespan=5)
    realm["users"] = [labs.user("alice", ["/oauth2-proxy"], otp=False)]
    k.admin.create_realm(labs.representation(realm, secrets))
    options = labs.options(k.issuer(name), cookie_refresh="1s", cookie_secure="false", reverse_proxy="false",
                           backend_logout_url=k.issuer(name) + "/protocol/openid-connect/logout?id_token_hint={id_token}")
    del options["trusted-proxy-ip"]
    with stage.gate(ours, options, secrets) as gate:
        browser = Browser()
        browser.expect(browser.log_in(gate.url + "/", "alice", secrets["alice-password"]), 202)
        same(len(k.admin.sessions(name, "alice")), 1, "sessions at Keycloak after the login")
        same(k.admin.events(name, "REFRESH_TOKEN"), [], "refreshes before the cookie is a second old")
        time.sleep(2.2)   # oauth2-proxy takes the time of day in whole seconds: an age of 1 s may need two
        answers = at_once(browser, gate.url + "/oauth2/auth")
        same([getattr(a, "status", a) for a in answers], [202] * AT_ONCE, f"answers to {AT_ONCE} requests at once\n{gate.tail()}")
        count = len(k.admin.events(name, "REFRESH_TOKEN"))
        same(k.admin.events(name, "REFRESH_TOKEN_ERROR"), [], "refreshes that Keycloak refused")
        new = [a for a in answers if a.all("Set-Cookie")]
        check(new, f"no answer carried the refreshed cookie; {count} refreshes\n{gate.tail()}")
        browser.jar.take(urllib.parse.urlsplit(gate.url), new[0].all("Set-Cookie"))
        time.sleep(5.5)   # the access token is over; the session is not
        browser.expect(browser.request("GET", gate.url + "/oauth2/auth"), 202)

        browser.expect(browser.request("GET", gate.url + "/oauth2/sign_out"), 302)
        same(browser.jar.named("_oauth2_proxy"), {}, "cookies after sign_out")
        until(lambda: k.admin.sessions(name, "alice") == [], 5, f"Keycloak's session is still there after sign_out\n{gate.tail()}")
        browser.expect(browser.request("GET", gate.url + "/oauth2/auth"), 401)
    return count


@scenario(needs=["keycloak", "oauth2-proxy"])
def the_real_gate(stage):
    """The real oauth2-proxy with cookie sessions refreshes in many requests: the counting works. sign_out ends the session."""
    count = refreshes(stage, False, "refresh-real")
    check(count > 1, f"{count} refreshes")
    stage.note(f"{count} refreshes in {AT_ONCE} requests")


@scenario(needs=["keycloak", "gatehouse"])
def our_gate(stage):
    """Twenty requests at once with a stale cookie: exactly one refresh at Keycloak; sign_out ends its session."""
    same(refreshes(stage, True, "refresh-ours"), 1, f"refreshes in {AT_ONCE} requests at once")
