"""Rehearses a lab with a fault and looks at what the report says of it: the cause by its code, and a hint.
usage: faults.py GATEHOUSE LAB"""
import json
import os
import subprocess
import sys
import tempfile

program, lab = sys.argv[1:]
with tempfile.TemporaryDirectory() as home:
    environment = dict(os.environ, XDG_DATA_HOME=home, XDG_STATE_HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home,
                       GATEHOUSE_SECRET_ANOTHER_SECRET="not-the-secret-of-the-client")
    run = subprocess.run([program, "rehearse", lab, "--format", "json"], env=environment, capture_output=True, text=True,
                         timeout=50)
print(run.stderr, end="")
if run.returncode not in (0, 1):
    sys.exit(f"exit status {run.returncode}")
report = json.loads(run.stdout)
wrong = []
for rehearsal in report["rehearsals"]:
    verdict = rehearsal["verdict"]
    print(f"{rehearsal['as']}: {verdict['code']}: {verdict['text']}")
    if verdict["code"] != rehearsal["expect"] or not rehearsal["ok"]:
        wrong.append(f"expected {rehearsal['expect']}, was told {verdict['code']}: "
                     + json.dumps(rehearsal["hops"], indent=1))
    if not verdict["hint"]:
        wrong.append(f"{verdict['code']} comes without a hint")
if not report["rehearsals"]:
    wrong.append("nothing was rehearsed")
if run.returncode != 0:
    wrong.append(f"exit status {run.returncode}")
sys.exit("\n".join(wrong) or 0)
