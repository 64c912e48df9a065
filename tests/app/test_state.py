"""What one user keeps: only for oneself, whole after any kill, the same for processes that start at once."""
import os
import random
import signal
import stat
import subprocess
import time

from desk import PROGRAM, Desk, main

INSTANTS = 50
SEED = 20260


class State(Desk):
    def modes(self):
        return {path.relative_to(self.state).as_posix(): stat.S_IMODE(path.lstat().st_mode)
                for path in self.state.rglob("*")}

    def test_only_for_oneself(self):
        os.umask(0)
        lab = self.story()
        self.gatehouse("rehearse", lab)
        self.assertEqual(stat.S_IMODE(self.state.stat().st_mode), 0o700)
        modes = self.modes()
        for name in ("seed", "ca-key.pem", "ca.pem"):
            self.assertIn(name, modes)
        self.assertTrue(any(name.startswith("realm-keys/") and name.endswith(".sig.pem") for name in modes), modes)
        for name, mode in modes.items():
            self.assertEqual(mode, 0o700 if (self.state / name).is_dir() else 0o600, name)
        for name in ("seed", "ca-key.pem"):
            (self.state / name).chmod(0o640)
            self.assertIn("may be read by others", self.gatehouse("rehearse", lab, status=4).stderr)
            (self.state / name).chmod(0o600)

    def test_nothing_outside_the_state_folder(self):
        self.gatehouse("rehearse", self.story())
        self.assertEqual({path.name for path in self.folder.iterdir()}, {"data", "story.gatehouse.yaml"})
        self.assertEqual({path.name for path in (self.folder / "data").iterdir()}, {"gatehouse"})

    def test_home_when_nothing_else_is_said(self):
        environment = {k: v for k, v in self.environment.items() if k != "XDG_DATA_HOME"}
        subprocess.run([PROGRAM, "ca", "export"], env=environment, check=True, stdout=subprocess.DEVNULL, timeout=60)
        self.assertTrue((self.folder / "home/.local/share/gatehouse/ca.pem").is_file())

    def test_authority(self):
        first = self.gatehouse("ca", "export", status=0).stdout
        self.assertTrue(first.startswith("-----BEGIN CERTIFICATE-----"))
        self.assertNotIn("PRIVATE", first)
        self.assertEqual(self.gatehouse("ca", "export", status=0).stdout, first)
        self.gatehouse("ca", "export", "-o", "ca.pem", status=0)
        self.assertEqual((self.folder / "ca.pem").read_text(), first)
        self.gatehouse("ca", "remove", status=2)
        self.gatehouse("ca", "remove", "--yes", status=0)
        self.assertFalse((self.state / "ca-key.pem").exists())
        self.assertNotEqual(self.gatehouse("ca", "export", status=0).stdout, first)

    def test_processes_that_start_at_once_agree(self):
        lab = self.story()
        for _ in range(3):
            many = [subprocess.Popen([PROGRAM, "secret", str(lab), "alice-password"], env=self.environment,
                                     stdout=subprocess.PIPE) for _ in range(8)]
            answers = {process.communicate(timeout=120)[0] for process in many}
            self.assertEqual([process.returncode for process in many], [0] * 8)
            self.assertEqual(len(answers), 1)
            (self.state / "seed").unlink()
            many = [subprocess.Popen([PROGRAM, "ca", "export"], env=self.environment, stdout=subprocess.PIPE)
                    for _ in range(8)]
            answers = {process.communicate(timeout=120)[0] for process in many}
            self.assertEqual([process.returncode for process in many], [0] * 8)
            self.assertEqual(len(answers), 1)
            (self.state / "ca.pem").unlink()

    def test_kill_9_at_any_instant(self):
        lab = self.story()
        at = random.Random(SEED)
        began = time.monotonic()
        self.gatehouse("check", lab, status=0)
        self.gatehouse("ca", "export", status=0)
        longest = time.monotonic() - began
        killed = 0
        for instant in range(INSTANTS):
            for name in ("seed", "ca.pem", "ca-key.pem")[:1 + instant % 3]:
                (self.state / name).unlink(missing_ok=True)
            arguments = ["ca", "export"] if instant % 2 else ["check", str(lab)]
            process = subprocess.Popen([PROGRAM, *arguments], env=self.environment, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            try:
                process.wait(at.uniform(0, longest))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                killed += 1
            process.wait()
            for name, size in (("seed", 32),):
                if (self.state / name).exists():
                    self.assertEqual((self.state / name).stat().st_size, size)
            for name in ("ca.pem", "ca-key.pem"):
                if (self.state / name).exists():
                    self.assertTrue((self.state / name).read_text().endswith("-----\n"))
            self.gatehouse("check", lab, status=0)
            self.gatehouse("ca", "export", status=0)
        print(f"{killed} of {INSTANTS} processes were killed at work")
        self.assertGreater(killed, INSTANTS // 4)
        litter = {name for name in self.modes() if name.endswith(".new")}
        self.assertLessEqual(litter, {"seed.new", "ca.pem.new", "ca-key.pem.new"})


main()
