"""Labs that are there, missing, unreadable or wrong: exit statuses, places, and JSON alone on standard output."""
import os
import pathlib
import re

from desk import Desk, main

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TWENTY = SOURCE / "tests/core/lab/data/twenty-mistakes.gatehouse.yaml"


class Labs(Desk):
    def test_new_and_check(self):
        self.gatehouse("new", "story", "-o", "a.yaml", status=0)
        self.assertIn("ready to run", self.gatehouse("check", "a.yaml", status=0).stdout)
        self.assertIn("is there already", self.gatehouse("new", "story", "-o", "a.yaml", status=2).stderr)
        self.gatehouse("new", "story", "-o", "a.yaml", "--force", status=0)
        names = [one["name"] for one in self.json("new", "--list", "--format", "json")["templates"]]
        for name in names:
            with self.subTest(name):
                self.gatehouse("new", name, "-o", f"{name}.yaml", status=0)
                self.gatehouse("check", f"{name}.yaml", status=0)

    def test_protect_writes_a_lab_that_can_run(self):
        for url in ("http://127.0.0.1:3000", "http://localhost:8000/base", "https://[::1]:9443"):
            self.gatehouse("protect", url, "--host", "app.example.test", "-o", "p.yaml", "--force", status=0)
            self.gatehouse("check", "p.yaml", status=0)
        text = self.gatehouse("protect", "http://127.0.0.1:3000", "--host", "app.example.test", status=0).stdout
        self.assertIn("app.example.test", text)
        for host in ("not a host", "*.app.example.test", "", "a..b", "-a.test"):
            with self.subTest(host):
                self.gatehouse("protect", "http://127.0.0.1:1", "--host", host, status=2)

    def test_missing_and_unreadable_labs(self):
        unreadable = self.folder / "folder"
        unreadable.mkdir()
        secret = self.folder / "secret.yaml"
        secret.write_text("gatehouse: 1\n")
        secret.chmod(0)
        labs = ["missing.yaml", unreadable] + ([secret] if os.getuid() != 0 else [])
        for lab in labs:
            for command in ("check", "run", "rehearse"):
                with self.subTest(f"{command} {lab}"):
                    run = self.gatehouse(command, lab, status=3)
                    self.assertIn("cannot be read", run.stderr)
            self.gatehouse("secret", lab, "x", status=3)
            self.gatehouse("totp", lab, "alice", status=3)
            report = self.json("check", lab, "--format", "json", status=3)
            self.assertEqual([p["code"] for p in report["problems"]], ["file-not-read"])

    def test_odd_texts(self):
        for text in ("", "gatehouse: 1", "[]", "gatehouse: 2\n", "a: b: c", "\0", "gatehouse: 1\n\tname: x\n", "ÿ" * 100):
            with self.subTest(text):
                (self.folder / "odd.yaml").write_text(text, encoding="latin-1")
                run = self.gatehouse("check", "odd.yaml", "--format", "json")
                self.assertIn(run.returncode, (0, 3), run)
                self.assertEqual(self.json("check", "odd.yaml", "--format", "json", status=run.returncode)["ok"],
                                 run.returncode == 0)

    def test_twenty_mistakes_are_twenty_places(self):
        (self.folder / "bad.yaml").write_text(TWENTY.read_text(encoding="utf-8"), encoding="utf-8")
        run = self.gatehouse("check", "bad.yaml", status=3)
        places = set(re.findall(r"(?m)^error: bad\.yaml:(\d+):(\d+): \S+: .+$", run.stderr))
        self.assertGreaterEqual(len(places), 20, run.stderr)
        report = self.json("check", "bad.yaml", "--format", "json", status=3)
        errors = [p for p in report["problems"] if p["kind"] == "error"]
        self.assertGreaterEqual(len({(p["line"], p["column"]) for p in errors}), 20)
        for problem in errors:
            self.assertEqual(problem["file"], "bad.yaml")
            self.assertTrue(problem["code"] and problem["text"] and problem["field"].startswith("/"), problem)
        self.assertFalse(report["ok"])
        for command in ("run", "rehearse"):
            self.assertEqual(self.gatehouse(command, "bad.yaml", status=3).stdout, "")

    def test_rehearsals_that_cannot_begin(self):
        lab = self.story()
        for wish in (["--expect", "delighted"], ["--url", "nonsense"], ["--as", "nobody-of-that-name"]):
            with self.subTest(wish):
                self.gatehouse("rehearse", lab, *wish, status=2)
        report = self.json("rehearse", self.folder / "none.yaml", "--format", "json", status=3)
        self.assertEqual(report["problems"][0]["code"], "file-not-read")

    def test_a_state_folder_that_cannot_be(self):
        (self.folder / "file").write_text("in the way")
        for arguments in (["check", self.story()], ["rehearse", self.story()], ["run", self.story()], ["ca", "export"],
                          ["doctor"]):
            with self.subTest(arguments):
                self.gatehouse(*arguments, status=4, XDG_DATA_HOME=str(self.folder / "file"))

    def test_secrets(self):
        lab = self.story()
        password = self.gatehouse("secret", lab, "alice-password", status=0).stdout.strip()
        self.assertGreaterEqual(len(password), 8)
        self.assertEqual(self.gatehouse("secret", lab, "alice-password", status=0).stdout.strip(), password)
        given = self.gatehouse("secret", lab, "alice-password", status=0, GATEHOUSE_SECRET_ALICE_PASSWORD="given")
        self.assertEqual(given.stdout, "given\n")
        self.assertIn("alice-password", self.gatehouse("secret", lab, "no-such", status=2).stderr)
        self.assertRegex(self.gatehouse("totp", lab, "alice", status=0).stdout, r"^\d{6}\n$")
        self.assertIn("otpauth://totp/", self.gatehouse("totp", lab, "alice", "--qr", status=0).stdout)
        self.gatehouse("totp", lab, "nobody", status=2)


main()
