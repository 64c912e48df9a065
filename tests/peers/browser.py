"""A browser of few words: follows redirects, keeps cookies, fills in Keycloak's forms, and remembers every hop.

It sends Secure cookies to http://localhost and http://127.0.0.1, as browsers do and Python's own jar does not: Keycloak
marks its cookies Secure there too. Names of a lab lead to loopback ports through `lead`, as curl's --connect-to does.
"""
import html.parser
import http.client
import re
import socket
import ssl
import urllib.parse

import totp

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


class Lost(AssertionError):
    """The walk did not go as it should; the text ends with the hops so far."""


class Form:
    def __init__(self, attributes):
        self.id, self.action = attributes.get("id"), attributes.get("action") or ""
        self.method = (attributes.get("method") or "get").upper()
        self.fields = {}   # name -> value, of what a browser would send if nobody typed


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.ids, self.forms, self.title, self.texts = [], [], None, {}
        self._open, self._in_title = [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        a = {k: v or "" for k, v in attributes}
        self._in_title = tag == "title"
        if a.get("id"):
            self.ids.append(a["id"])
            if tag not in ("input", "img", "br", "meta", "link"):
                self._open.append((tag, a["id"]))
                self.texts[a["id"]] = ""
        if tag == "form":
            self.forms.append(Form(a))
        elif tag in ("input", "button") and self.forms and a.get("name"):
            kind = a.get("type", "text" if tag == "input" else "submit")
            if kind not in ("button", "submit", "image", "reset") and not (kind in ("checkbox", "radio") and "checked" not in a):
                self.forms[-1].fields.setdefault(a["name"], a.get("value", ""))

    def handle_endtag(self, tag):
        self._in_title = False
        for i in range(len(self._open) - 1, -1, -1):
            if self._open[i][0] == tag:
                del self._open[i]
                break

    def handle_data(self, data):
        if self._in_title:
            self.title = (self.title or "") + data.strip()
        for _, name in self._open:
            self.texts[name] += data

    def form(self, name):
        return next((f for f in self.forms if f.id == name), None)


class Hop:
    """One request and its answer."""

    def __init__(self, method, url, sent, response, body):
        self.method, self.url, self.sent = method, url, sent
        self.status, self.headers, self.raw = response.status, response.getheaders(), body
        self.text = body.decode("utf-8", "replace")

    def all(self, name):
        return [v for n, v in self.headers if n.lower() == name.lower()]

    def one(self, name):
        return next(iter(self.all(name)), None)

    @property
    def location(self):
        return urllib.parse.urljoin(self.url, self.one("Location")) if self.one("Location") is not None else None

    @property
    def page(self):
        return Page(self.text)

    def __str__(self):
        return f"{self.method} {self.url[:150]} -> {self.status} {self.one('Location') or ''}"[:400]


class Jar:
    """(host, path, name) -> value, in the order they came."""

    def __init__(self):
        self.cookies = {}

    def take(self, url, lines):
        for line in lines:
            pair, *rest = [p.strip() for p in line.split(";")]
            name, _, value = pair.partition("=")
            attributes = {p.partition("=")[0].lower(): p.partition("=")[2] for p in rest}
            host = attributes.get("domain", url.hostname).lstrip(".")
            key = (host, attributes.get("path", "/"), name)
            if attributes.get("max-age") in ("0", "-1"):
                self.cookies.pop(key, None)
            else:
                self.cookies[key] = value

    def fitting(self, url):
        safe = url.scheme in ("https", "wss") or url.hostname in ("localhost", "127.0.0.1")
        path = url.path or "/"
        return [(n, v) for (host, at, n), v in self.cookies.items() if safe and
                (url.hostname == host or url.hostname.endswith("." + host)) and
                (path == at or path.startswith(at if at.endswith("/") else at + "/"))]

    def header(self, url):
        return "; ".join(f"{n}={v}" for n, v in self.fitting(urllib.parse.urlsplit(url)))

    def named(self, prefix):
        return {n: v for (_, _, n), v in self.cookies.items() if n.startswith(prefix)}


class Browser:
    """lead: {"whoami.domain.tld:443": 18443} sends that authority to 127.0.0.1:18443; every other must be loopback."""

    def __init__(self, lead=None, ca=None, headers=None):
        self.lead, self.headers = lead or {}, headers or {}
        self.jar, self.hops = Jar(), []
        self.stop = None   # a redirect to what begins like this is not followed
        self.tls = ssl.create_default_context(cafile=ca) if ca else None

    def address(self, url):
        port = url.port or {"https": 443, "wss": 443}.get(url.scheme, 80)
        return ("127.0.0.1", self.lead.get(f"{url.hostname}:{port}", port))

    def connect(self, url, timeout=90, wrap=None):
        """A socket to where the URL leads; `wrap` makes the TLS one in place of ssl.SSLContext.wrap_socket."""
        if url.hostname not in ("localhost", "127.0.0.1") and not any(k.startswith(url.hostname + ":") for k in self.lead):
            raise Lost(f"led out of the lab, to {url.geturl()}\n{self.story()}")
        s = socket.create_connection(self.address(url), timeout)
        wrap = wrap or (self.tls and self.tls.wrap_socket)
        return wrap(s, server_hostname=url.hostname) if url.scheme in ("https", "wss") else s

    def request(self, method, target, form=None, headers=None, keep=True):
        """One exchange, redirects not followed; keep=False leaves jar and hops alone (for parallel requests)."""
        url = urllib.parse.urlsplit(target)
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=90)
        connection.sock = self.connect(url)
        sent = [("Host", url.netloc), ("User-Agent", AGENT),
                ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), ("Accept-Language", "en-US,en;q=0.5"),
                *self.headers.items(), *(headers or {}).items()]
        cookie = self.jar.header(target)
        if cookie:
            sent.append(("Cookie", cookie))
        body = urllib.parse.urlencode(form).encode() if form is not None else None
        if body is not None:
            sent += [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", str(len(body)))]
        connection.putrequest(method, (url.path or "/") + ("?" + url.query if url.query else ""), True, True)
        for name, value in sent:
            connection.putheader(name, value)
        try:
            connection.endheaders(body)
            response = connection.getresponse()
            hop = Hop(method, target, sent, response, response.read())
        finally:
            connection.close()
        if keep:
            self.jar.take(url, hop.all("Set-Cookie"))
            self.hops.append(hop)
        return hop

    def follow(self, hop, limit=20):
        while hop.status in (301, 302, 303, 307, 308) and not (self.stop and hop.location.startswith(self.stop)):
            limit -= 1
            if limit == 0:
                raise Lost("redirected in circles\n" + self.story())
            hop = self.request("GET", hop.location)
        return hop

    def get(self, url):
        return self.follow(self.request("GET", url))

    def submit(self, hop, form, **fields):
        values = {**form.fields, **fields}
        return self.follow(self.request(form.method, urllib.parse.urljoin(hop.url, form.action), values))

    def story(self):
        return "\n".join(f"    {i + 1:2}. {h}" for i, h in enumerate(self.hops))

    def expect(self, hop, *statuses):
        if hop.status not in statuses:
            raise Lost(f"{hop.method} {hop.url} gave {hop.status}, not {statuses}: {hop.text[:300]}\n{self.story()}")
        return hop

    def log_in(self, url, user, password, key=None, code=None):
        """From the protected URL through Keycloak's pages to what comes after them: the last hop.

        key: the text whose bytes are the authenticator's key; code instead of it is sent as it is. An enrolment page is
        answered with a new authenticator, whose key is then in self.enrolled.
        """
        hop = self.get(url)
        self.enrolled = None
        for _ in range(6):
            page = hop.page
            if form := page.form("kc-form-login"):
                if any(h.method == "POST" and "kc-form-login" in self.asked(h) for h in self.hops[-1:]):
                    return hop  # asked again: the password was refused
                hop = self.mark("kc-form-login", self.submit(hop, form, username=user, password=password))
            elif form := page.form("kc-otp-login-form"):
                if self.hops[-1].method == "POST" and "kc-otp-login-form" in self.asked(self.hops[-1]):
                    return hop
                hop = self.mark("kc-otp-login-form", self.submit(hop, form, otp=code or totp.fresh(key)))
            elif form := page.form("kc-totp-settings-form"):
                self.enrolled = form.fields["totpSecret"]
                hop = self.submit(hop, form, totp=totp.fresh(self.enrolled), userLabel="desk")
            else:
                return hop
        raise Lost("the login pages did not come to an end\n" + self.story())

    def mark(self, form, hop):
        self.hops[-1].asked = form
        return hop

    @staticmethod
    def asked(hop):
        return getattr(hop, "asked", "")


def identifiers(text):
    """The ids of a page in order, for comparing one page with another."""
    return re.findall(r'\bid="([^"]+)"', text)
