"""A browser as small as can be: cookies by host, redirects, and Keycloak's forms by their ids. It goes to a running lab."""
import html.parser
import re
import socket
import ssl
import urllib.parse


class Forms(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.action, self.values = None, {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form" and self.action is None:
            self.action = found["action"]
        elif tag == "input" and "name" in found and self.action is not None:
            self.values[found["name"]] = found.get("value") or ""


class Visitor:
    def __init__(self, ca_file, port):
        self.context = ssl.create_default_context(cafile=str(ca_file))
        self.port, self.cookies, self.seen = port, {}, []

    def send(self, method, url, body=""):
        at = urllib.parse.urlsplit(url)
        target = at.path + ("?" + at.query if at.query else "")
        jar = self.cookies.setdefault(at.hostname, {})
        head = [f"{method} {target} HTTP/1.1", f"Host: {at.netloc}", "Connection: close"]
        if jar:
            head.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in jar.items()))
        if method == "POST":
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as plain:
            with self.context.wrap_socket(plain, server_hostname=at.hostname) as stream:
                stream.sendall(("\r\n".join(head) + "\r\n\r\n" + body).encode())
                answer = b""
                while part := stream.recv(65536):
                    answer += part
        fields, page = answer.decode("utf-8", "replace").split("\r\n\r\n", 1)
        status = int(fields.split(" ", 2)[1])
        for name, value in re.findall(r"(?mi)^set-cookie: ([^=]+)=([^;\r\n]*)", fields):
            jar[name] = value
            if not value:
                del jar[name]
        location = re.search(r"(?mi)^location: (\S+)", fields)
        self.seen.append((method, url, status))
        return status, location and urllib.parse.urljoin(url, location.group(1)), page

    def follow(self, method, url, body=""):
        for _ in range(20):
            status, location, page = self.send(method, url, body)
            if location is None:
                return status, url, page
            method, url, body = "GET", location, ""
        raise AssertionError(f"too many redirects: {self.seen}")

    def log_in(self, url, username, password, code):
        """The status and page at the end; `code` is called when it is asked for."""
        status, at, page = self.follow("GET", url)
        for given in ({"username": username, "password": password}, None):
            forms = Forms(page)
            if forms.action is None:
                break
            values = {**forms.values, **(given or {"otp": code()})}
            status, at, page = self.follow("POST", urllib.parse.urljoin(at, forms.action), urllib.parse.urlencode(values))
        return status, page
