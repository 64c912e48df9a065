"""A browser of few words for the recorded chain: one connection a request, a cookie jar that sends Secure cookies to
localhost as browsers do, forms by id."""
import html.parser
import http.client
import re
import socket
import ssl
import urllib.parse


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def all(self, name):
        return [v for n, v in self.headers if n.lower() == name.lower()]


class Jar:
    def __init__(self):
        self.cookies = {}

    def take(self, url, answer):
        for line in answer.all("Set-Cookie"):
            parts = [p.strip() for p in line.split(";")]
            name, value = parts[0].split("=", 1)
            attributes = {p.partition("=")[0].lower(): p.partition("=")[2] for p in parts[1:]}
            key = (url.hostname, attributes.get("path", "/"), name)
            if attributes.get("max-age") == "0":
                self.cookies.pop(key, None)
            else:
                self.cookies[key] = value

    def fitting(self, url):
        return {n: v for (host, path, n), v in self.cookies.items() if host == url.hostname and url.path.startswith(path)}


class Forms(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.ids, self.forms, self.title, self._in_title = [], [], None, False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        self._in_title = tag == "title"
        if a.get("id"):
            self.ids.append(f"{tag}#{a['id']}")
        if tag == "form":
            self.forms.append({"id": a.get("id"), "action": a.get("action"), "method": a.get("method"), "fields": []})
        elif tag in ("input", "button") and self.forms:
            self.forms[-1]["fields"].append({k: a[k] for k in ("id", "name", "type", "autocomplete") if a.get(k)}
                                            | {"value": a.get("value") or ""})

    def handle_data(self, data):
        if self._in_title and self.title is None:
            self.title = data.strip()


class Client:
    def __init__(self, ca_file):
        self.jar = Jar()
        self.tls = ssl.create_default_context(cafile=ca_file)

    def request(self, method, target_url, form=None):
        url = urllib.parse.urlsplit(target_url)
        sock = socket.create_connection(("127.0.0.1", url.port), timeout=20)
        if url.scheme == "https":
            sock = self.tls.wrap_socket(sock, server_hostname=url.hostname)
        connection = http.client.HTTPConnection(url.hostname, url.port)
        connection.sock = sock
        target = url.path + ("?" + url.query if url.query else "")
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", url.netloc)
        connection.putheader("User-Agent", "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:74.0) Gecko/20100101 Firefox/74.0")
        connection.putheader("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8")
        connection.putheader("Accept-Language", "en-US,en;q=0.5")
        connection.putheader("Accept-Encoding", "identity")
        connection.putheader("Upgrade-Insecure-Requests", "1")
        cookies = self.jar.fitting(url)
        if cookies:
            connection.putheader("Cookie", "; ".join(f"{n}={v}" for n, v in cookies.items()))
        body = urllib.parse.urlencode(form).encode() if form is not None else None
        if body is not None:
            connection.putheader("Content-Type", "application/x-www-form-urlencoded")
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        answer = Answer(response.status, response.getheaders(), response.read().decode("utf-8", "replace"))
        connection.close()
        self.jar.take(url, answer)
        return answer, sorted(cookies)


RANDOM = ["code_challenge", "state", "session_state", "code", "session_code", "execution", "tab_id", "client_data"]


def masked(url):
    """The recording's way to hide random parts: name={name}."""
    for name in RANDOM:
        url = re.sub(rf"([?&]{name}=)[^&]*", rf"\g<1>{{{name}}}", url)
    return url
