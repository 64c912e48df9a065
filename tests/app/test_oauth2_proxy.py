"""oauth2-proxy by its own flags, environment and file: the original's exit codes and words; it serves and ends."""
import socket

from desk import Desk, free_ports, main

GOOD = ["--provider=keycloak-oidc", "--oidc-issuer-url=https://keycloak.domain.tld/realms/demo", "--client-id=app",
        "--client-secret=CANARYclient", "--cookie-secret=0123456789abcdef", "--email-domain=*",
        "--upstream=static://202"]


def ask(port, path):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as stream:
        stream.sendall(f"GET {path} HTTP/1.1\r\nHost: gate.test\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while part := stream.recv(65536):
            answer += part
    return answer.decode("utf-8", "replace")


class Oauth2Proxy(Desk):
    def gate(self, *arguments, status, **environment):
        return self.gatehouse("oauth2-proxy", *arguments, status=status, **environment)

    def test_wrong_flags_end_with_2_after_the_usage(self):
        for flags, words in ((["--nonsense"], "unknown flag: --nonsense"),
                             (["-x"], "unknown shorthand flag: 'x' in -x"),
                             (["--cookie-expire=soon"], 'invalid argument "soon" for "--cookie-expire" flag: time: '
                                                        'invalid duration "soon"'),
                             (["--reverse-proxy=perhaps"], 'invalid argument "perhaps" for "--reverse-proxy" flag: '
                                                           'strconv.ParseBool: parsing "perhaps": invalid syntax'),
                             (["--client-id"], "flag needs an argument: --client-id")):
            with self.subTest(flags):
                run = self.gate(*flags, status=2)
                self.assertIn(words, run.stderr)
                self.assertLess(run.stderr.index("Usage of"), run.stderr.index(words))
                self.assertEqual(run.stdout, "")

    def test_a_wrong_configuration_ends_with_1_and_says_everything(self):
        run = self.gate(status=1)
        self.assertTrue(run.stderr.startswith("invalid configuration:\n"), run.stderr)
        for words in ("missing setting: cookie-secret or cookie-secret-file", "provider missing setting: client-id",
                      "missing setting: client-secret or client-secret-file",
                      "missing setting for email validation: email-domain or authenticated-emails-file required."):
            self.assertIn("  " + words, run.stderr)
        self.gate(*GOOD, "--cookie-secret=short", status=1)
        self.gate(*GOOD, "--force-https", status=1)

    def test_files(self):
        self.assertIn("no such file", self.gate("--config=none.cfg", status=1).stderr.lower())
        config = self.folder / "gate.cfg"
        for text, words in (("cookie_secret = ", "While parsing config"), ("cookie_secrte = 'x'", "invalid keys: cookie_secrte")):
            config.write_text(text)
            run = self.gate("--config", config, status=1)
            self.assertTrue(run.stderr.startswith("ERROR: failed to load config: "), run.stderr)
            self.assertIn(words, run.stderr)
        config.write_text('Client_ID = "app"\nclient_secret = "s"\ncookie_secret = "0123456789abcdef"\n'
                          'email_domains = ["*"]\nupstreams = ["static://200"]\nprovider = "keycloak-oidc"\n'
                          'oidc_issuer_url = "https://keycloak.domain.tld/realms/demo"\n')
        self.assertEqual(self.gate("--config", config, "--config-test", status=0).stdout, "configuration is valid\n")
        # An empty variable is none, an empty flag wins, a variable wins over the file.
        self.gate("--config", config, "--config-test", status=0, OAUTH2_PROXY_CLIENT_ID="")
        self.gate("--config", config, "--config-test", "--client-id=", status=1)
        self.gate("--config", config, "--config-test", status=1, OAUTH2_PROXY_COOKIE_SECRET="short")

    def test_environment(self):
        self.gate("--config-test", status=0, OAUTH2_PROXY_PROVIDER="keycloak-oidc", OAUTH2_PROXY_CLIENT_ID="app",
                  OAUTH2_PROXY_OIDC_ISSUER_URL="https://keycloak.domain.tld/realms/demo",
                  OAUTH2_PROXY_CLIENT_SECRET="s", OAUTH2_PROXY_COOKIE_SECRET="0123456789abcdef",
                  OAUTH2_PROXY_EMAIL_DOMAINS="*", OAUTH2_PROXY_UPSTREAMS="static://202")
        run = self.gate(*GOOD, "--config-test", status=0, OAUTH2_PROXY_EMAIL_DOMAIN="a.test")
        self.assertIn("OAUTH2_PROXY_EMAIL_DOMAINS", run.stderr)

    def test_what_is_not_there_yet_is_refused(self):
        for entry in self.json("explain", "--list", "option", "--format", "json")["entries"]:
            if entry["support"] == "not yet" and entry["section"] != "Process":
                with self.subTest(entry["name"]):
                    value = {"true or false": "true", "whole number": "1", "duration (1h30m)": "1s"}.get(entry["type"], "x")
                    run = self.gate(*GOOD, f"--{entry['name']}={value}", "--config-test", status=1)
                    self.assertIn(entry["name"], run.stderr)
        self.assertIn("alpha", self.gate("--alpha-config=x.yaml", status=1).stderr)

    def test_version_and_help(self):
        self.assertIn("7.15", self.gate("--version", status=0).stdout)
        self.assertIn("--cookie-secret", self.gate("-h", status=0).stdout)

    def test_it_serves_and_ends(self):
        port, = free_ports(1)
        running = self.start("oauth2-proxy", *GOOD, f"--http-address=127.0.0.1:{port}")
        running.await_line("^Ctrl")
        self.assertTrue(ask(port, "/ping").startswith("HTTP/1.1 200"))
        page = ask(port, "/")
        self.assertTrue(page.startswith("HTTP/1.1 403"), page)
        self.assertIn("oauth2/start", page)
        self.assertTrue(ask(port, "/oauth2/auth").startswith("HTTP/1.1 401"))
        again = self.gate(*GOOD, f"--http-address=127.0.0.1:{port}", status=1)
        self.assertIn(f"port {port}", again.stderr)
        status, took = running.stop()
        self.assertEqual(status, 0)
        self.assertLess(took, 2)
        self.assertNotIn("CANARYclient", "".join(running.text()))

    def test_addresses(self):
        port, = free_ports(1)
        for address in (f"http://127.0.0.1:{port}", f":{port}"):
            running = self.start("oauth2-proxy", *GOOD, f"--http-address={address}")
            running.await_line("^Ctrl")
            self.assertTrue(ask(port, "/ping").startswith("HTTP/1.1 200"))
            self.assertEqual(running.stop()[0], 0)


main()
