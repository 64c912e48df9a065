"""The rules that can be read from the tree: one row each, with its reason and a sample that must be found."""
import dataclasses
import os
import pathlib
import re
import typing

import cpptext

CPP = (".h", ".cpp")
CODE = CPP + (".py", ".cmake", ".sh", ".js", ".mjs", ".go")


@dataclasses.dataclass(frozen=True)
class File:
    path: str   # from the top of the tree, with /
    text: str

    @property
    def room(self):
        parts = self.path.split("/")
        return parts[1] if parts[0] in ("core", "ui") and len(parts) > 2 else parts[0]

    @property
    def name(self):
        return self.path.rsplit("/", 1)[-1]


@dataclasses.dataclass(frozen=True)
class Rule:
    name: str
    why: str
    applies: typing.Callable      # File -> bool
    find: typing.Callable         # File -> [(line, what)]
    bad: File                     # found, or the rule is blind
    good: typing.Optional[File] = None  # not found, or the rule is deaf to sense


def floors(top):
    plan = (pathlib.Path(top) / "packaging/cmake/Rooms.cmake").read_text(encoding="utf-8")
    return {room: int(floor) for room, floor in re.findall(r'"([a-z]+) (\d+)"', plan)}


TOP = pathlib.Path(__file__).resolve().parents[2]
FLOOR = floors(TOP)
WINDOW_ROOMS = {"desk", "look", "browser", "live", "forms", "cluster", "window"}
# Where this checkout lies is nobody's business: its path and the folders above it, as far as they are not everybody's.
_OWN = [str(p) + "/" for p in (TOP, *TOP.parents) if len(p.parts) > 2 or
        (len(p.parts) == 2 and p.name not in ("home", "root", "tmp", "usr", "var", "opt", "srv", "mnt", "src", "build"))]


def cpp(*tops, but=()):
    return lambda f: f.path.endswith(CPP) and f.path.startswith(tops or "") and not f.path.startswith(tuple(but))


def pattern(expression, literals=False):
    compiled = re.compile(expression)

    def find(file):
        text = file.text if literals or not file.path.endswith(CPP) else cpptext.code(file.text)
        return [(cpptext.line_of(text, m.start()), m.group(0).strip()) for m in compiled.finditer(text)]
    return find


def includes_matching(expression):
    compiled = re.compile(expression)
    return lambda f: [(n, path) for n, path, _ in cpptext.includes(f.text) if compiled.match(path)]


def climbing_includes(file):
    for n, path, _ in cpptext.includes(file.text):
        other = path.split("/")[0]
        if "/" in path and other in FLOOR and other != file.room and FLOOR[other] >= FLOOR.get(file.room, 99):
            yield n, f"{file.room} ({FLOOR[file.room]}) includes {path} ({FLOOR[other]})"


def braced_awaits(file):
    return [(n, " ".join(e.split())[:80]) for n, e in cpptext.co_await_expressions(file.text)
            if cpptext.holds_aggregate_or_lambda(e)]


def too_long(file):
    lines = file.text.count("\n")
    return [(lines, f"{lines} lines")] if lines > 400 else []


def bad_name(file):
    return [(1, m.group(0)) for m in [re.search(r"(?i)util|common|helper|manager|misc", file.path)] if m]


def workplace(file):
    # A path is a path only where it begins: /src/ in https://example.org/src/ is none of ours.
    mine = "|".join(r"(?<![\w.])" + re.escape(p) for p in _OWN) or r"(?!)"
    words = rf"{mine}|(?<![\w.])/(?:home|Users)/[a-z]\w*/|[A-Z]:\\Users\\|https?://(?:registry|proxy|repo1?|deb|static|files|index)\."
    return [(cpptext.line_of(file.text, m.start()), m.group(0)) for m in re.finditer(words, file.text)]


def allowed(rooms, *files):
    """Everywhere in the product but in these rooms, and in these files by the end of their names."""
    return lambda f: cpp("core/", "ui/", "app/")(f) and f.room not in rooms and not f.path.endswith(files or ("\0",))


def sample(path, text):
    return File(path, text)


RULES = [
    Rule("an include goes to a lower floor", "who may know whom is the plan of the house; a circle makes two rooms one",
         cpp("core/", "ui/", "app/"), lambda f: list(climbing_includes(f)),
         sample("core/http/a.h", "#include <gate/gate.h>\n"), sample("core/gate/a.h", "#include <http/head.h>\n")),
    Rule("no include by a relative path", "it goes round the folder that shows only the rooms a room uses",
         cpp("core/", "ui/", "app/"), includes_matching(r".*\.\./|core/"), sample("core/http/a.cpp", '#include "../crypto/digest.h"\n')),
    Rule("Asio lives in engine", "sockets and threads in one room; everything else is tested without either",
         allowed({"engine"}), includes_matching(r"asio"), sample("core/gate/a.cpp", "#include <asio.hpp>\n")),
    Rule("OpenSSL lives in crypto and in engine's TLS files", "its types need care that one room takes for all",
         lambda f: allowed({"crypto"})(f) and not re.match(r"core/engine/.*[tT]ls", f.path),
         includes_matching(r"openssl/"), sample("core/engine/pool.cpp", "#include <openssl/ssl.h>\n"),
         sample("core/engine/listenerTls.cpp", "#include <openssl/ssl.h>\n")),
    Rule("yaml-cpp lives in lab and kubernetes", "the only two rooms that read YAML; others see values",
         allowed({"lab", "kubernetes"}), includes_matching(r"yaml-cpp/"), sample("core/gate/a.cpp", "#include <yaml-cpp/yaml.h>\n")),
    Rule("Qt lives in desk, the rooms of ui, and app", "core is fuzzed, runs under the thread sanitizer and has no second string type",
         allowed(WINDOW_ROOMS | {"app"}), includes_matching(r"Q[A-Z]|Qt|qt6keychain"), sample("core/http/a.h", "#include <QString>\n")),
    Rule("WebEngine lives in ui/browser", "one class knows Chromium; the rest works without it",
         lambda f: cpp()(f) and not f.path.startswith(("ui/browser/", "tests/")), includes_matching(r"Q?tWebEngine|QWebEngine"),
         sample("ui/window.cpp", "#include <QWebEngineView>\n")),
    Rule("nlohmann/json.hpp is for *Json.cpp", "it costs seconds of compile time a file; elsewhere json_fwd.hpp will do",
         lambda f: cpp("core/", "ui/", "app/")(f) and not f.path.endswith(("Json.cpp", "Json.h")), includes_matching(r"nlohmann/json\.hpp"),
         sample("core/realm/realm.h", "#include <nlohmann/json.hpp>\n"), sample("core/realm/realmJson.cpp", "#include <nlohmann/json.hpp>\n")),
    Rule("no { and no lambda inside a co_await expression", "GCC 12.2 destroys such temporaries twice; name them first",
         cpp(), braced_awaits, sample("core/engine/a.cpp", "auto r = co_await ask(Call{1, 2});\n"),
         sample("core/engine/a.cpp", "if (co_await next()) { go(); }\nauto x = co_await read(b[0]);\n")),
    Rule("no switch on an awaited value", "GCC 12.2 -O3 loses cases of such a switch: await into a local first",
         cpp(), pattern(r"\bswitch\s*\((?:[^()]|\([^()]*\))*\bco_await\b"),
         sample("core/engine/a.cpp", "switch (co_await next(body)) {\n"),
         sample("core/engine/a.cpp", "const auto next = co_await read();\nswitch (next.kind) {\n")),
    Rule("a file has at most 400 lines", "what is longer holds two things",
         lambda f: f.path.endswith(CODE) or f.name == "CMakeLists.txt", too_long, sample("core/http/a.cpp", "\n" * 401)),
    Rule("a name says what is in it", "util, common, helper, manager and misc say nothing",
         lambda f: True, bad_name, sample("core/http/stringUtils.h", "")),
    Rule("nothing sleeps", "a test that sleeps is slow on good days and wrong on bad ones: wait for the event",
         # Whoever waits for the next one-time code really waits, in this one place; tests hand in another clock.
         lambda f: cpp()(f) and f.path != "core/user/systemClock.cpp", pattern(r"\bsleep_(?:for|until)\b|\b[un]?(?:nano)?sleep\s*\(|QThread::m?u?sleep|qSleep|qWait\b"),
         sample("tests/core/http/a.cpp", "std::this_thread::sleep_for(1s);\n"), sample("core/http/a.cpp", "// sleep(1)\n")),
    Rule("no std::regex", "it is slow and overflows the stack on long input: RE2 for oauth2-proxy's, PCRE2 for nginx's",
         cpp(), pattern(r"std::w?regex|<regex>"), sample("core/gate/a.cpp", "std::regex r;\n")),
    Rule("no QSortFilterProxyModel", "it copies a mapping of every row at every change; our lists have 100,000",
         cpp(), pattern(r"QSortFilterProxyModel"), sample("ui/list.cpp", "QSortFilterProxyModel m;\n")),
    Rule("no YAML::Emitter", "it drops comments and turns \"true\" into true; lab has its own writer",
         cpp(), pattern(r"YAML::Emitter\b|\bYAML::Dump\b"), sample("core/lab/a.cpp", "YAML::Emitter e;\n")),
    Rule("only engine, user, desk and app ask what time it is", "a decision takes Now as a value, so that it can be tested and replayed",
         lambda f: cpp("core/", "ui/")(f) and f.room not in ("engine", "user", "desk"),
         pattern(r"\bsystem_clock::now\b|\btime\((?:nullptr|NULL|0)\)|\bgettimeofday\b|\bclock_gettime\b|QDateTime::current\w+"),
         sample("core/gate/a.cpp", "auto t = std::chrono::system_clock::now();\n")),
    Rule("nothing below engine measures time", "the same, for time that passes",
         lambda f: cpp("core/")(f) and FLOOR.get(f.room, 0) < FLOOR["engine"], pattern(r"\w+_clock::now\b|QElapsedTimer"),
         sample("core/gate/a.cpp", "auto t = std::chrono::steady_clock::now();\n"),
         sample("core/rehearsal/a.cpp", "auto t = std::chrono::steady_clock::now();\n")),
    Rule("no word about somebody's machine", "a reader has neither this folder nor this mirror",
         lambda f: True, workplace, sample("README.md", f"see {TOP}/notes\n"), sample("README.md", "see /usr/share/doc\n")),
    Rule("a test is on, and no work is left open in the text", "what is switched off is forgotten; what is open is an issue",
         lambda f: f.path.endswith(CODE + ("CMakeLists.txt",)),
         pattern(r"\bQ" r"SKIP\b|QEXPECT_" r"FAIL|\bDISABLED" r"_|\bWILL_" r"FAIL\b|unittest\.sk" r"ip|\bTO" r"DO\b|\bFIX" r"ME\b|NO" r"LINT", True),
         sample("tests/core/http/a.cpp", "Q" "SKIP(\"later\");\n")),
    Rule("a header guards itself", "included twice by way of two rooms it must not be an error",
         lambda f: f.path.endswith(".h"), lambda f: [] if "#pragma once" in f.text else [(1, "no #pragma once")],
         sample("core/http/a.h", "struct A;\n"), sample("core/http/a.h", "#pragma once\n")),
    Rule("a header opens no namespace for others", "whoever includes it did not ask for these names",
         lambda f: f.path.endswith(".h"), pattern(r"^\s*using namespace (?!.*literals)[^;]*;"),
         sample("core/http/a.h", "using namespace std;\n")),
]


def read_tree(top):
    """Every text file of the checkout; what git and the build keep for themselves is left out."""
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(d for d in folders if d not in (".git", "build", "node_modules", "__pycache__"))
        for name in sorted(names):
            full = os.path.join(folder, name)
            if os.path.islink(full) or os.path.getsize(full) > 4 << 20 or name in (".git", "CMakeUserPresets.json"):
                continue
            try:
                with open(full, encoding="utf-8") as stream:
                    yield File(os.path.relpath(full, top).replace(os.sep, "/"), stream.read())
            except UnicodeDecodeError:
                pass  # pictures and corpora


def findings(rule, file):
    return [(n, what) for n, what in rule.find(file)] if rule.applies(file) else []
