#!/usr/bin/env python3
"""The rules of the house.

house.py tree TOP          every rule of rules.py over every file
house.py build TOP BUILD   what the compiler saw (built.py)
house.py list              the rules and their reasons"""
import sys

import built
import rows
import rules


def tree(top):
    files = list(rules.read_tree(top))
    bad = 0
    for rule in rules.RULES:
        found = [(f.path, n, what) for f in files for n, what in rules.findings(rule, f)]
        if found:
            print(f"\n{rule.name} ({rule.why}): {len(found)}")
            for path, n, what in found:
                print(f"  {path}:{n}: {what}")
        bad += len(found)
    for path, n, what in rows.check_rows(files):
        print(f"  {path}:{n}: {what}")
        bad += 1
    print(f"{len(rules.RULES)} rules, {len(files)} files, {bad} findings")
    return bad


def build(folder):
    seen = built.record(folder)
    found = list(built.check(seen))
    for source, what in found:
        print(f"  {source}: {what}")
    print(f"{len(seen)} objects, {len(found)} findings")
    return len(found) if seen else 1


def main(arguments):
    if arguments[:1] == ["tree"] and len(arguments) == 2:
        return 1 if tree(arguments[1]) else 0
    if arguments[:1] == ["build"] and len(arguments) == 3:
        return 1 if build(arguments[2]) else 0
    if arguments == ["list"]:
        for rule in rules.RULES:
            print(f"{rule.name}: {rule.why}")
        return 0
    print(__doc__)
    return 2


sys.exit(main(sys.argv[1:]))
