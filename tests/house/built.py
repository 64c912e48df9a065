"""What the compiler really read: the floors and the libraries once more, from the build's own record of dependencies.

The text of a file cannot tell what a header drags in; the record can. Tests may use what they like."""
import re
import subprocess

import rules

# library, where its headers lie, the objects that may see them
LIBRARIES = [
    ("Asio", r"(?:^|/)include/asio[./]", r"core/engine/"),
    ("OpenSSL", r"(?:^|/)openssl/\w+\.h$", r"core/(?:crypto|engine)/"),
    ("yaml-cpp", r"/yaml-cpp/", r"core/(?:lab|kubernetes)/"),
    ("Qt", r"/(?:qt6|Qt\w+(?:\.framework)?)/", r"core/desk/|ui/|app/"),
    ("nlohmann/json.hpp", r"/nlohmann/json\.hpp$", r".*Json\.cpp"),
]
_OBJECT = re.compile(r"^((?:core|ui|app)/(?:[^/]+/)*?)CMakeFiles/[^/]+\.dir/(.+?)\.(?:o|obj): #deps")
_ROOM = re.compile(r"(?:^|/)rooms/([a-z]+)/\1/")


def record(build):
    """{source: [header …]} of the product's objects."""
    out = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=True).stdout
    seen, now = {}, None
    for line in out.splitlines():
        if not line.startswith(" "):
            match = _OBJECT.match(line)
            now = seen.setdefault(match.group(1) + match.group(2), []) if match else None
        elif now is not None:
            now.append(line.strip())
    return seen


def check(seen):
    """Findings as (source, what)."""
    for source, headers in sorted(seen.items()):
        room = rules.File(source, "").room
        for header in headers:
            other = _ROOM.search(header)
            if other and other.group(1) != room and rules.FLOOR[other.group(1)] >= rules.FLOOR[room]:
                yield source, f"{room} ({rules.FLOOR[room]}) sees {header}, which is not on a lower floor"
        for library, where, may in LIBRARIES:
            hit = next((h for h in headers if re.search(where, h)), None)
            if hit and not re.match(may, source):
                yield source, f"sees {library}, by way of one of its includes ({hit})"
