#!/usr/bin/env python3
"""Runs every scenario of scenarios/ against the real parts, with one Keycloak for all of them.

usage: run_peers.py [--gatehouse PATH] [--list] [--keep] [NAME…]

NAME is a part of a scenario's name (file.function). A scenario whose parts are not here is skipped aloud; with
GATEHOUSE_REQUIRE_REAL_PARTS=1 that is a failure. The parts are had by tests/peers/get.
"""
import argparse
import importlib
import os
import sys
import time
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import parts  # noqa: E402
from scenario import REQUIRED, SCENARIOS, Stage  # noqa: E402


def load():
    for name in sorted(os.listdir(parts.HERE / "scenarios")):
        if name.endswith(".py"):
            importlib.import_module("scenarios." + name[:-3])


def run_one(stage, title, function, needs):
    """'passed', 'failed' or 'skipped', with its line printed."""
    begun = time.monotonic()
    stage.notes = []
    try:
        for name in needs:
            stage.need(name)
        function(stage)
        outcome, text = "passed", "; ".join(stage.notes)
    except parts.Missing as e:
        outcome, text = ("failed" if REQUIRED else "skipped"), f"NOT RUN: {e}"
    except (AssertionError, parts.Failed) as e:
        outcome, text = "failed", str(e)
        if os.environ.get("GATEHOUSE_PEERS_TRACE"):
            traceback.print_exc()
    except Exception as e:  # a scenario that breaks must not take the others with it
        outcome, text = "failed", f"{type(e).__name__}: {e}\n{traceback.format_exc()}"
    print(f"{ {'passed': 'ok  ', 'failed': 'FAIL', 'skipped': 'skip'}[outcome]} {title} ({time.monotonic() - begun:.1f} s)"
          f"{': ' + text if text else ''}", flush=True)
    return outcome


def main():
    arguments = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].splitlines()[0])
    arguments.add_argument("--gatehouse")
    arguments.add_argument("--list", action="store_true")
    arguments.add_argument("--keep", action="store_true", help="keep logs and configurations, failed or not")
    arguments.add_argument("names", nargs="*")
    chosen = arguments.parse_args()
    load()
    todo = [(f"{module}.{f.__name__}", f, needs) for module, f, needs in SCENARIOS
            if not chosen.names or any(n in f"{module}.{f.__name__}" for n in chosen.names)]
    if chosen.list:
        for title, function, needs in todo:
            print(f"{title}: {(function.__doc__ or '').strip().splitlines()[0]}  [{', '.join(needs)}]")
        return 0
    parts.end_on_signals()
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    stage = Stage(os.path.abspath(chosen.gatehouse) if chosen.gatehouse else None)
    try:
        for title, function, needs in todo:
            counts[run_one(stage, title, function, needs)] += 1
    finally:
        stage.close()
        parts.keep_folder = chosen.keep or counts["failed"] > 0
        if parts.keep_folder:
            print(f"logs: {parts.folder()}")
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    if counts["failed"] or not todo:
        return 1
    return 0 if counts["passed"] else 77


if __name__ == "__main__":
    sys.exit(main())
