"""run: what it says, reloads (in place and by rename), wrong edits, taken ports, and a clean and quick end."""
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import time

from desk import Desk, free_ports, main

HOST = "whoami.domain.tld"


def ask(desk, port, path="/", host=HOST):
    """The head of the answer at that port, as a client of the cluster would see it."""
    context = ssl.create_default_context(cafile=str(desk.state / "ca.pem"))
    with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
        with context.wrap_socket(plain, server_hostname=host) as stream:
            stream.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            answer = b""
            while part := stream.recv(65536):
                answer += part
    return answer.decode("latin-1")


def is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class Run(Desk):
    def ports(self, running):
        found = {}
        for name in ("https", "http", "proxy"):
            found[name] = int(running.await_line(rf"^  {name} +127\.0\.0\.1:(\d+)").group(1))
        return found

    def begin(self, *more):
        self.lab = self.story()
        running = self.start("run", self.lab, *more)
        ports = self.ports(running)
        running.await_line("^Ctrl")
        return running, ports

    def await_closed(self, port):
        end = time.monotonic() + 20
        while not is_free(port):
            self.assertLess(time.monotonic(), end)

    def test_what_it_says_and_that_it_ends(self):
        running, ports = self.begin()
        out, _ = running.text()
        self.assertIn(f"--connect-to {HOST}:443:127.0.0.1:{ports['https']} https://{HOST}/", out)
        self.assertIn("gatehouse secret", out)
        self.assertIn("gatehouse totp", out)
        self.assertIn("not rehearsed here", out)
        self.assertTrue(ask(self, ports["https"]).startswith("HTTP/1.1 302"))
        self.assertRegex(running.await_line(rf"GET https://{HOST}/ ").string, r" 302 \d+\.\d ms ")
        status, took = running.stop(signal.SIGINT)
        self.assertEqual(status, 0, running.text())
        self.assertLess(took, 2)
        self.assertTrue(all(is_free(port) for port in ports.values()))
        self.assertEqual(running.text()[0].splitlines()[-1], "stopped")

    def test_the_printed_curl_line_works(self):
        running, _ = self.begin()
        line = next(line for line in running.text()[0].splitlines() if line.startswith("  curl "))
        run = subprocess.run(["bash", "-c", line + " -sS -o /dev/null -w '%{http_code}'"], env=self.environment,
                             capture_output=True, text=True, timeout=60)
        self.assertEqual((run.stdout, run.stderr), ("302", ""))
        self.assertEqual(running.stop()[0], 0)

    def test_an_idle_client_does_not_hold_the_end_up_and_the_last_line_is_logged(self):
        running, ports = self.begin()
        context = ssl.create_default_context(cafile=str(self.state / "ca.pem"))
        with socket.create_connection(("127.0.0.1", ports["https"]), timeout=20) as plain:
            with context.wrap_socket(plain, server_hostname=HOST) as stream:
                stream.sendall(f"GET /last HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
                self.assertTrue(stream.recv(65536).startswith(b"HTTP/1.1 302"))
                status, took = running.stop(signal.SIGTERM)
        self.assertEqual(status, 0)
        self.assertLess(took, 2)
        self.assertIn(f"https://{HOST}/last ", running.text()[0])

    def test_a_request_that_ends_in_the_time_of_grace_is_logged(self):
        running, ports = self.begin()
        context = ssl.create_default_context(cafile=str(self.state / "ca.pem"))
        with socket.create_connection(("127.0.0.1", ports["https"]), timeout=20) as plain:
            with context.wrap_socket(plain, server_hostname=HOST) as stream:
                stream.sendall(f"POST /oauth2/late HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5\r\n"
                               "Expect: 100-continue\r\n\r\n".encode())
                self.assertTrue(stream.recv(65536).startswith(b"HTTP/1.1 100"))  # it reads the body now
                running.process.send_signal(signal.SIGTERM)
                self.await_closed(ports["http"])
                stream.sendall(b"a=b&c")
                self.assertTrue(stream.recv(65536).startswith(b"HTTP/1.1 403"))
        self.assertEqual(running.process.wait(20), 0)
        running.await_line("^stopped")
        self.assertIn(f"POST https://{HOST}/oauth2/late ", running.text()[0])

    def test_reload_in_place_and_by_rename(self):
        running, ports = self.begin()
        text = self.lab.read_text(encoding="utf-8")
        self.lab.write_text(text.replace(HOST, "one.domain.tld"), encoding="utf-8")
        running.await_line("has changed and is applied")
        self.assertTrue(ask(self, ports["https"], host="one.domain.tld").startswith("HTTP/1.1 302"))
        beside = self.folder / "beside.yaml"
        for name in ("two.domain.tld", "three.domain.tld"):  # as editors do, and again: the new file is watched, too
            beside.write_text(text.replace(HOST, name), encoding="utf-8")
            os.replace(beside, self.lab)
            running.await_line("has changed and is applied")
            self.assertTrue(ask(self, ports["https"], host=name).startswith("HTTP/1.1 302"))
        self.assertEqual(running.stop()[0], 0)

    def test_a_wrong_edit_changes_nothing(self):
        running, ports = self.begin()
        text = self.lab.read_text(encoding="utf-8")
        self.lab.write_text(text.replace("gates:", "gats:", 1), encoding="utf-8")
        running.await_line("the last good arrangement goes on")
        self.assertIn("gats", running.text()[1])
        self.assertTrue(ask(self, ports["https"]).startswith("HTTP/1.1 302"))
        self.lab.unlink()  # gone for a moment is no change
        self.assertTrue(ask(self, ports["https"]).startswith("HTTP/1.1 302"))
        self.lab.write_text(text + "\n# back\n", encoding="utf-8")
        running.await_line("has changed and is applied")
        with socket.create_server(("127.0.0.1", 0)) as other:  # an edit that asks for a port which is not to be had
            taken = other.getsockname()[1]
            self.lab.write_text(text.replace(f"127.0.0.1:{ports['http']}", f"127.0.0.1:{taken}"), encoding="utf-8")
            running.await_line("the last good arrangement goes on")
        self.assertTrue(ask(self, ports["https"]).startswith("HTTP/1.1 302"))
        self.assertFalse(is_free(ports["http"]))
        self.assertEqual(running.stop()[0], 0)

    def test_a_taken_port(self):
        lab = self.story()
        with socket.create_server(("127.0.0.1", 0)) as other:
            taken = other.getsockname()[1]
            text = lab.read_text(encoding="utf-8")

            lab.write_text(re.sub(r"(name: https, bind: 127\.0\.0\.1:)\d+", rf"\g<1>{taken}", text), encoding="utf-8")
            run = self.gatehouse("run", lab, status=4)
        self.assertIn(f"port {taken}", run.stderr)
        self.assertIn(f"process {os.getpid()}", run.stderr)
        self.assertRegex(run.stderr, r"127\.0\.0\.1:\d+ is free")
        self.assertIn("--any-port", run.stderr)
        with socket.create_server(("127.0.0.1", taken)):
            running = self.start("run", lab, "--any-port")
            self.assertNotEqual(self.ports(running)["https"], taken)
            running.await_line("^Ctrl")
            self.assertEqual(running.stop()[0], 0)

    def test_quiet_and_verbose(self):
        running, ports = self.begin("--quiet")
        ask(self, ports["https"])
        self.assertEqual(running.stop()[0], 0)
        self.assertNotIn("GET", running.text()[0])
        running, ports = self.begin("-v")
        ask(self, ports["https"])
        self.assertEqual(running.stop()[0], 0)
        self.assertIn("/oauth2/auth", running.text()[0])

    def test_json_lines(self):
        running, ports = self.json_run()
        ask(self, ports["https"])
        self.lab.write_text("gatehouse: none", encoding="utf-8")
        running.await_line('"refused"')
        self.assertEqual(running.stop()[0], 0)
        events = [json.loads(line) for line in running.text()[0].splitlines()]
        # A file written in place may be seen empty first and then whole: refused twice.
        events = [e for i, e in enumerate(events) if e["event"] != "refused" or all(b["event"] != "refused" for b in events[:i])]
        # The request is told when the engine has recorded it: before or after the file was seen to change.
        events[1:3] = sorted(events[1:3], key=lambda event: event["event"], reverse=True)
        self.assertEqual([event["event"] for event in events], ["running", "request", "refused", "stopped"])
        self.assertTrue(all(event["version"] == 1 for event in events))
        self.assertEqual((events[1]["url"], events[1]["status"]), (f"https://{HOST}/", 302))
        self.assertEqual({user["name"] for user in events[0]["users"]} >= {"alice", "bob"}, True)
        self.assertTrue(events[2]["problems"])

    def json_run(self):
        self.lab = self.story()
        running = self.start("run", self.lab, "--format", "json")
        event = json.loads(running.await_line('"running"').string)
        return running, {one["name"]: one["port"] for one in event["listeners"]}

    def test_whoami_alone(self):
        port, = free_ports(1)
        running = self.start("whoami", "--port", port)
        running.await_line("^Ctrl")
        with socket.create_connection(("127.0.0.1", port), timeout=20) as stream:
            mine = stream.getsockname()[1]
            stream.sendall(b"GET /x?y HTTP/1.1\r\nHost: any.name\r\nX-Mine: 1\r\nConnection: close\r\n\r\n")
            answer = b""
            while part := stream.recv(65536):
                answer += part
        text = answer.decode()
        self.assertTrue(text.startswith("HTTP/1.1 200"))
        self.assertIn("GET /x?y HTTP/1.1", text)
        self.assertIn("X-Mine: 1", text)
        self.assertIn(f"RemoteAddr: 127.0.0.1:{mine}\n", text)
        self.assertNotIn("X-Forwarded", text)
        self.assertEqual(self.gatehouse("whoami", "--port", port, status=4).stdout, "")
        status, took = running.stop()
        self.assertEqual(status, 0)
        self.assertLess(took, 2)

    def test_a_rehearsal_is_quick(self):
        lab = self.story()
        self.gatehouse("rehearse", lab, status=0)  # makes keys and certificates, once a user
        began = time.monotonic()
        report = self.json("rehearse", lab, "--as", "alice", "--format", "json")
        took = time.monotonic() - began
        print(f"alice's rehearsal, process start included: {took:.2f} s, of which {report['rehearsals'][0]['seconds']:.2f} "
              "s are the login")
        self.assertTrue(report["rehearsals"][0]["ok"])


main()
