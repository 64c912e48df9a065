#!/usr/bin/env python3
"""rows.py TOP: every rule of core has been hit by a test (the last test of a run).

The tests' processes append "id outcome" lines to the file named by GATEHOUSE_RULES_HIT (core/exchange/coverage.h), which
`ctest --preset headless` and `release` set. The file is set aside once it is judged, so each run starts anew."""
import collections
import os
import re
import sys

import rules

_ONE = re.compile(r'\b(Message|RuleRow|DifferenceRow)\s+(\w+)\s*\{\s*"([^"]+)"')
_MANY = re.compile(r'\b(Message|RuleRow|DifferenceRow)\s+\w+\[\]\s*=?\s*\{(.*?)\n\};', re.S)


def rows(files):
    """(kind, id, variable or None, path, line) of each row written in core, ui and app."""
    for file in files:
        if not rules.cpp("core/", "ui/", "app/")(file):
            continue
        for match in _ONE.finditer(file.text):
            yield match.group(1), match.group(3), match.group(2), file.path, rules.cpptext.line_of(file.text, match.start())
        for block in _MANY.finditer(file.text):
            for match in re.finditer(r'\{\s*(?:\.\w+\s*=\s*)?"([^"]+)"', block.group(2)):
                yield (block.group(1), match.group(1), None, file.path,
                       rules.cpptext.line_of(file.text, block.start(2) + match.start()))


def check_rows(files):
    """Findings as (path, line, what): ids given twice, rows that nothing uses."""
    seen = {}
    words = collections.Counter()
    for file in files:
        if rules.cpp("core/", "ui/", "app/")(file):
            words.update(re.findall(r"\w+", rules.cpptext.code(file.text)))
    for kind, name, variable, path, line in rows(files):
        if (kind, name) in seen:
            yield path, line, f"{kind} {name} is written in {seen[kind, name]} too"
        seen[kind, name] = path
        if variable and words[variable] < 2:
            yield path, line, f"{kind} {variable} is used nowhere"


def never_hit(files, record):
    """(rows of rules never hit, number of rules, number of distinct rule and outcome pairs)."""
    hits = {tuple(line.split(" ", 1)) for line in record.splitlines() if " " in line}
    known = [row for row in rows(files) if row[0] == "RuleRow"]
    hit = {name for name, _ in hits}
    return [row for row in known if row[1] not in hit], len(known), len(hits)


def main(top):
    path = os.environ.get("GATEHOUSE_RULES_HIT", "")
    if not os.path.exists(path) and (not path or not os.environ.get("CI")):
        print("NOT CHECKED: no record of hit rules; it is made by a whole run of ctest --preset headless")
        return 77
    record = ""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as stream:
            record = stream.read()
        os.replace(path, path + ".judged")
    missing, count, pairs = never_hit(list(rules.read_tree(top)), record)
    for _, name, _, where, line in missing:
        print(f"  {where}:{line}: {name} was hit by no test")
    print(f"{count} rules, {len(missing)} never hit, {pairs} pairs of rule and outcome")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
