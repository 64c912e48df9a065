"""explain: every row of every table by every spelling, lists, near misses; doctor, schema and completion."""
import json
import os
import re
import shutil
import subprocess
import sys

from desk import PROGRAM, Desk, main

KINDS = "option annotation configmap realm lab rule difference verdict exit".split()


class Explain(Desk):
    def entries(self, name):
        return self.json("explain", name, "--format", "json")["entries"]

    def test_every_kind_has_rows_and_each_says_what_it_is(self):
        for kind in KINDS:
            rows = self.json("explain", "--list", kind, "--format", "json")["entries"]
            self.assertGreater(len(rows), 5, kind)
            names = [row["name"] for row in rows]
            if kind != "realm":  # several representations have an `id`
                self.assertEqual(len(names), len(set(names)), kind)
            for row in rows:
                self.assertEqual(row["kind"], kind)
                self.assertTrue(row["name"] and row["text"], row)
                if kind in KINDS[:5]:
                    self.assertIn(row["support"], ("does", "partly", "not yet"))
                    self.assertTrue(row["support"] == "does" or row.get("note"), row)
            text = self.gatehouse("explain", "--list", kind, status=0).stdout
            self.assertEqual(len(text.splitlines()), len(rows))

    def test_spellings(self):
        for spelling, kind, name in (
                ("cookie-secret", "option", "cookie-secret"), ("--cookie-secret", "option", "cookie-secret"),
                ("email_domains", "option", "email-domain"), ("OAUTH2_PROXY_EMAIL_DOMAINS", "option", "email-domain"),
                ("nginx.ingress.kubernetes.io/auth-signin", "annotation", "auth-signin"),
                ("Auth-Signin", "annotation", "auth-signin"),
                ("proxy-add-original-uri-header", "configmap", "proxy-add-original-uri-header"),
                ("accessTokenLifespan", "realm", "accessTokenLifespan"), ("client.redirectUris", "realm", "redirectUris"),
                ("listeners.bind", "lab", "/listeners/*/bind"), ("/listeners/*/bind", "lab", "/listeners/*/bind"),
                ("user-not-in-group", "verdict", "user-not-in-group"), ("gate.session", "rule", "gate.session"),
                ("gate.single-flight", "difference", "gate.single-flight"), ("exit.secret", "exit", "exit.secret")):
            with self.subTest(spelling):
                self.assertIn((kind, name), [(e["kind"], e["name"]) for e in self.entries(spelling)])
                self.assertIn(name, self.gatehouse("explain", spelling, status=0).stdout)

    def test_what_is_told_of_an_option(self):
        entry = self.entries("cookie-expire")[0]
        self.assertEqual((entry["type"], entry["default"], entry["support"], entry["source"]),
                         ("duration (1h30m)", "168h0m0s", "does", "oauth2-proxy 7.15"))
        self.assertEqual(self.entries("cookie-secret")[0]["whenEmpty"], "refused")

    def test_near_misses(self):
        for wrong, right in (("cookie-secrte", "cookie-secret"), ("auth-singin", "auth-signin"),
                             ("acessTokenLifespan", "accessTokenLifespan"), ("user-not-in-groups", "user-not-in-group")):
            self.assertIn(right, self.json("explain", wrong, "--format", "json", status=2)["nearest"])
            run = self.gatehouse("explain", wrong, status=2)
            self.assertIn("did you mean", run.stderr)
            self.assertIn(right, run.stderr)
        self.assertNotIn("did you mean", self.gatehouse("explain", "zzzzqqqqxxxx", status=2).stderr)

    def test_doctor(self):
        report = self.json("doctor", "--format", "json")
        self.assertTrue(report["ok"])
        for finding in report["findings"]:
            self.assertIn(finding["state"], ("well", "advice"))
            self.assertEqual(finding["state"] == "well", finding["cure"] == "", finding)
        (self.state / "ca-key.pem").chmod(0o644)
        report = self.json("doctor", "--format", "json", status=4)
        missing = [f for f in report["findings"] if f["state"] == "missing"]
        self.assertTrue(missing)
        self.assertIn("chmod 600", missing[0]["cure"])
        self.assertIn("chmod 600", self.gatehouse("doctor", status=4).stdout)

    def test_schema(self):
        schema = json.loads(self.gatehouse("schema", status=0).stdout)
        self.assertEqual(schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
        self.assertIn("gates", schema["properties"])
        text = json.dumps(schema)
        for name in ("cookie-secret", "nginx.ingress.kubernetes.io/auth-url", "proxy-add-original-uri-header",
                     "redirectUris"):
            self.assertIn(f'"{name}"', text)
        defined = set()

        def walk(node, path="#"):
            defined.add(path)
            for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
                walk(value, f"{path}/{str(key).replace('~', '~0').replace('/', '~1')}")
        walk(schema)
        for reference in re.findall(r'"\$ref": "([^"]+)"', text):
            self.assertIn(reference, defined)


class Completion(Desk):
    def complete(self, words):
        script = self.folder / "bash-completion"
        script.write_text(self.gatehouse("completion", "bash", status=0).stdout, encoding="utf-8")
        quoted = " ".join(f"'{word}'" for word in words)
        command = (f"set -u; source {script}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _gatehouse; "
                   'printf "%s\\n" "${COMPREPLY[@]}"')
        folders = os.path.dirname(PROGRAM) + os.pathsep + self.environment["PATH"]
        run = subprocess.run(["bash", "-c", command], env={**self.environment, "PATH": folders}, cwd=self.folder,
                             capture_output=True, encoding="utf-8", timeout=60)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        return run.stdout.split()

    def test_bash(self):
        (self.folder / "my.gatehouse.yaml").write_text("")
        self.assertEqual(sorted(self.complete(["gatehouse", ""])),
                         sorted(self.commands() + ["--help", "--help-all", "--version"]))
        self.assertEqual(self.complete(["gatehouse", "reh"]), ["rehearse"])
        self.assertEqual(self.complete(["gatehouse", "rehearse", "--fo"]), ["--format"])
        self.assertEqual(self.complete(["gatehouse", "rehearse", "--format", ""]), ["text", "json"])
        self.assertEqual(self.complete(["gatehouse", "rehearse", "my"]), ["my.gatehouse.yaml"])
        self.assertEqual(self.complete(["gatehouse", "new", "st"]), ["story"])
        self.assertEqual(sorted(self.complete(["gatehouse", "ca", ""])), ["export", "remove"])
        self.assertEqual(self.complete(["gatehouse", "completion", "z"]), ["zsh"])
        self.assertIn("cookie-secret", self.complete(["gatehouse", "explain", "cookie-s"]))
        self.assertIn("--cookie-secret", self.complete(["gatehouse", "oauth2-proxy", "--cookie-s"]))

    def test_the_other_shells(self):
        for shell in ("zsh", "fish"):
            script = self.folder / shell
            script.write_text(self.gatehouse("completion", shell, status=0).stdout, encoding="utf-8")
            for command in self.commands():
                self.assertIn(command, script.read_text(encoding="utf-8"))
            if shutil.which(shell):
                subprocess.run([shell, "-n", str(script)], check=True, timeout=60)
            else:
                print(f"{shell} is not here: its script is looked at, not parsed", file=sys.stderr)


main()
