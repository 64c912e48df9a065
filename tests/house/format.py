#!/usr/bin/env python3
"""format.py TOP: every C++ file is as clang-format 19 writes it. Another version writes it differently, so without
this one the check says so and does not judge; in CI that is a failure."""
import os
import re
import shutil
import subprocess
import sys

import rules


def formatter():
    for name in ("clang-format-19", "clang-format"):
        path = shutil.which(name)
        if path and re.search(r"version 19\.", subprocess.run([path, "--version"], capture_output=True, text=True).stdout):
            return path
    return None


def main(top):
    program = formatter()
    if not program:
        print("NOT CHECKED: clang-format 19 is not installed (packaging/dependencies.txt, group test)")
        return 1 if os.environ.get("CI") else 77
    files = [os.path.join(top, f.path) for f in rules.read_tree(top) if f.path.endswith(rules.CPP)]
    if not files:
        return 0
    out = subprocess.run([program, "--dry-run", "--Werror", "--ferror-limit=1", *files], capture_output=True, text=True)
    wrong = sorted({line.split(":")[0] for line in out.stderr.splitlines() if "-Wclang-format-violations" in line})
    for path in wrong:
        print("  " + os.path.relpath(path, top))
    print(f"{len(files)} files, {len(wrong)} to be formatted: clang-format-19 -i FILE")
    return 1 if out.returncode else 0


sys.exit(main(sys.argv[1]))
