#!/usr/bin/env python3
"""corpus.py VECTORS FOLDER: one file for each test vector, so that a fuzz run starts from all that is known to matter."""
import json
import pathlib
import sys

vectors, folder = sys.argv[1], pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
with open(vectors, encoding="utf-8") as stream:
    for number, vector in enumerate(json.load(stream)["vectors"]):
        (folder / f"{number:03d}").write_bytes(vector["bytes"].encode("latin-1"))
