"""Help that a newcomer understands, of every command; wrong use ends with 2 and says what is right."""
import re

from desk import Desk, main


class Help(Desk):
    def test_every_command_explains_itself(self):
        commands = self.commands()
        for known in ("run rehearse protect new oauth2-proxy check explain secret totp whoami ca schema doctor "
                      "completion").split():
            self.assertIn(known, commands)
        for command in commands:
            with self.subTest(command):
                run = self.gatehouse(command, "--help", status=0)
                self.assertGreater(len(run.stdout), 100)
                self.assertEqual(run.stderr, "")
        whole = self.gatehouse("--help-all", status=0).stdout
        for option in ("--tolerate", "--any-port", "--qr", "--expect", "--host"):
            self.assertIn(option, whole)

    def test_every_option_of_every_command_is_described(self):
        for command in self.commands():
            if command == "oauth2-proxy":
                continue
            text = self.gatehouse(command, "--help", status=0).stdout
            text = re.sub(r"\n {10,}", "    ", text) # a long option has its words on the next line
            for line in re.findall(r"(?m)^  -.*$", text):
                with self.subTest(f"{command}: {line}"):
                    self.assertRegex(line, r"\S {2,}\S|^  \S+$")

    def test_version(self):
        self.assertRegex(self.gatehouse("--version", status=0).stdout, r"^gatehouse \d+\.\d+\.\d+\n$")

    def test_wrong_use(self):
        for arguments in ([], ["dance"], ["run"], ["rehearse", "a", "b"], ["run", "x.yaml", "--loud"],
                          ["run", "x.yaml", "-q", "-v"], ["check", "x.yaml", "--format", "xml"], ["new", "tale"],
                          ["protect", "ftp://127.0.0.1", "--host", "a.test"], ["completion", "tcsh"], ["ca"],
                          ["explain"], ["explain", "--list", "verbs"], ["whoami", "--port", "70000"]):
            with self.subTest(arguments):
                run = self.gatehouse(*arguments, status=2)
                self.assertEqual(run.stdout, "")
                self.assertNotEqual(run.stderr, "")

    def test_the_gate_by_the_originals_flags_lists_them(self):
        text = self.gatehouse("oauth2-proxy", "--help", status=0).stdout
        for entry in self.json("explain", "--list", "option", "--format", "json")["entries"]:
            self.assertRegex(text, rf"(?m)^  --{re.escape(entry['name'])}( VALUE)?$")


main()
