"""A lab as manifests and back by the command line: statuses, rights of files, nothing overwritten, nothing half-written,
no secret where nobody asked for it."""
import base64
import os
import re
import resource
import signal
import stat
import subprocess

from desk import PROGRAM, Desk, main

CANARY = "CANARY-0123456789-abcdef-ABCDEF!"  # 32 bytes: a cookie secret may be so


class Manifests(Desk):
    def setUp(self):
        super().setUp()
        self.lab = self.story()

    def export(self, folder="set", *more, status=0, **environment):
        return self.gatehouse("export", self.lab, "--to", "ingress-nginx", "--out", folder, *more, status=status, **environment)

    def files(self, folder="set"):
        return {p.name: p.read_text(encoding="utf-8") for p in (self.folder / folder).iterdir()}

    def canaries(self):
        names = set(re.findall(r"\{secret: ([\w-]+)\}", self.lab.read_text(encoding="utf-8")))
        return {"GATEHOUSE_SECRET_" + n.upper().replace("-", "_"): ("CANARY" + n + "0" * 20)[:20] if n.endswith("totp")
                else CANARY if n.endswith("cookie") else f"CANARY-{n}" for n in names}

    def test_there_and_back(self):
        self.export()
        self.assertEqual(sorted(self.files()), ["controller.yaml", "gatehouse.yaml", "gates.yaml", "ingresses.yaml",
                                                "keycloak-realms.yaml", "kustomization.yaml", "realm-demo.json",
                                                "secrets.yaml", "services.yaml", "whoami.yaml"])
        run = self.gatehouse("import", "set", "-o", "again.yaml", status=0)
        self.assertNotIn("warning:", run.stderr)
        self.assertNotIn("error:", run.stderr)
        self.gatehouse("check", "again.yaml", status=0)
        lab, self.lab = self.lab, self.folder / "again.yaml"
        self.export("set2")
        self.assertEqual(self.files("set"), self.files("set2"))
        self.lab = lab

    def test_the_same_bytes_each_time(self):
        self.export("a")
        self.export("b")
        self.assertEqual(self.files("a"), self.files("b"))

    def test_rehearse_and_run_take_manifests(self):
        self.export()
        report = self.json("rehearse", "-f", "set", "--format", "json")
        self.assertEqual([r["verdict"]["code"] for r in report["rehearsals"]], ["allowed", "user-not-in-group"])
        running = self.start("run", "-f", "set")
        running.await_line("^Ctrl")
        desk = self.folder / "set" / "gatehouse.yaml"
        services = self.folder / "set" / "services.yaml"
        services.write_text(services.read_text() + "---\nkind: Service\n")
        running.await_line("services.yaml:")
        services.write_text(services.read_text().replace("---\nkind: Service\n", ""))
        running.await_line("set")
        self.assertTrue(desk.exists())
        self.assertEqual(running.stop()[0], 0)

    def test_wrong_use(self):
        for arguments in (["run"], ["run", self.lab, "-f", "set"], ["rehearse", "-f"], ["export", self.lab],
                          ["export", self.lab, "--out", "x", "--to", "traefik-of-tomorrow"], ["import"]):
            with self.subTest(arguments):
                self.assertEqual(self.gatehouse(*arguments, status=2).stdout, "")
        for command in (["import", "none"], ["rehearse", "-f", "none"], ["run", "-f", "none"],
                        ["export", "none.yaml", "--out", "x"]):
            with self.subTest(command):
                self.gatehouse(*command, status=3)
        self.assertFalse((self.folder / "x").exists())

    def test_findings_come_first_and_json_is_alone(self):
        run = self.export()
        self.assertIn("auth-url of default/whoami is the public name", run.stderr)
        report = self.json("export", self.lab, "--out", "json", "--format", "json")
        self.assertTrue(report["ok"])
        self.assertIn({"name": "gates.yaml", "secret": False}, report["files"])
        self.assertIn("auth-url-hairpin", [p["code"] for p in report["problems"]])

    def test_nothing_is_overwritten_unasked(self):
        self.export()
        before = self.files()
        self.assertIn("is there already", self.export(status=2).stderr)
        self.assertEqual(self.files(), before)
        (self.folder / "set" / "mine.txt").write_text("mine")
        self.export("set", "--force", "--no-whoami")
        after = self.files()
        self.assertEqual(after["mine.txt"], "mine")
        self.assertNotEqual(after["services.yaml"], before["services.yaml"])
        self.gatehouse("import", "set", "-o", "lab.yaml", status=0)
        self.gatehouse("import", "set", "-o", "lab.yaml", status=2)
        self.gatehouse("import", "set", "-o", "lab.yaml", "--force", status=0)

    def test_nothing_is_half_written(self):
        def small():  # a full disk, as far as one process can have one
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))
        self.gatehouse("check", self.lab, status=0)  # its state is there before
        for folder in ("new", "old"):
            if folder == "old":
                self.export("old")
            before = self.files("old") if folder == "old" else None
            run = subprocess.run([PROGRAM, "export", self.lab, "--out", folder, "--force"], env=self.environment, cwd=self.folder,
                                 capture_output=True, encoding="utf-8", timeout=60, preexec_fn=small)
            self.assertEqual(run.returncode, 4, run.stderr)
            self.assertIn("nothing was changed", run.stderr)
            if before is None:
                self.assertFalse((self.folder / "new").exists())
            else:
                self.assertEqual(self.files("old"), before)
        self.assertEqual([p.name for p in self.folder.iterdir() if ".new-" in p.name], [])
        (self.folder / "file").write_text("in the way")
        self.export("file/set", status=4)

    def test_no_secret_leaves_unasked(self):
        self.environment.update(self.canaries())
        run = self.export()
        for name, text in {**self.files(), "stdout": run.stdout, "stderr": run.stderr}.items():
            self.assertNotIn("CANARY", text, name)
            self.assertNotIn(base64.b64encode(b"CANARY").decode()[:8], text, name)
        for path in (self.folder / "set").iterdir():
            self.assertNotEqual(stat.S_IMODE(path.stat().st_mode) & 0o044, 0, path)  # others may read: nothing in it

    def test_secrets_that_were_asked_for_are_their_owners_alone(self):
        values = self.canaries()
        os.umask(0)
        self.addCleanup(os.umask, 0o022)
        self.export("set", "--secret-values", **values)
        with_values = {p.name for p in (self.folder / "set").iterdir() if "CANARY" in p.read_text(encoding="utf-8")}
        self.assertEqual(with_values, {"secrets.yaml", "realm-demo.json"})
        for path in (self.folder / "set").iterdir():
            self.assertEqual(stat.S_IMODE(path.stat().st_mode) == 0o600, path.name in with_values, path)
        # They come back as values of this run, and never into a lab.
        lab = self.gatehouse("import", "set", status=0)
        self.assertNotIn("CANARY", lab.stdout + lab.stderr)
        run = self.gatehouse("import", "set", "-o", "lab.yaml", status=0)
        self.assertIn("GATEHOUSE_SECRET_ALICE_PASSWORD", run.stderr)
        self.assertNotIn("CANARY", run.stdout + run.stderr + (self.folder / "lab.yaml").read_text())
        report = self.gatehouse("rehearse", "-f", "set", "--format", "json", status=0).stdout
        self.assertNotIn("CANARY", report)

    def test_plain_secrets_of_others_stay_outside(self):
        (self.folder / "foreign.yaml").write_text("""
apiVersion: apps/v1
kind: Deployment
metadata: {name: gate}
spec:
  selector: {matchLabels: {app: gate}}
  template:
    metadata: {labels: {app: gate}}
    spec:
      containers:
        - name: gate
          image: quay.io/oauth2-proxy/oauth2-proxy:v7.6.0
          args: [--provider=oidc, --client-secret=CANARY-plain, --cookie-secret, CANARY-second, --email-domain=*]
          env: [{name: OAUTH2_PROXY_CLIENT_ID, value: app}]
""")
        run = self.gatehouse("import", "foreign.yaml", status=0)
        self.assertNotIn("CANARY", run.stdout + run.stderr)
        self.assertIn("client-secret: {secret: gate-client-secret}", run.stdout)
        self.assertIn("foreign.yaml:13:", run.stderr)
        realm = '{"realm": "r", "clients": [{"clientId": "c", "secret": "CANARY-c"}], "smtpServer": {"password": "CANARY-s"}}'
        (self.folder / "realm.json").write_text(realm)
        run = self.gatehouse("import", "realm.json", status=0)
        self.assertNotIn("CANARY", run.stdout + run.stderr)


main()
