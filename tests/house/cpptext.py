"""What the rules need to know about C++ text: code without comments and literals, includes, co_await expressions."""
import re

_LITERAL = re.compile(
    r'//[^\n]*|/\*.*?\*/'                                   # comments
    r'|R"(?P<mark>[^()\s\\]{0,16})\(.*?\)(?P=mark)"'        # raw strings
    r'|"(?:\\.|[^"\\\n])*"'                                 # strings
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'",                # characters, but not the ' in 1'000
    re.S)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:<([^>\n]+)>|"([^"\n]+)")', re.M)
_LAMBDA = re.compile(r'(?<![\w)\]])\[[^\[\]]*\]\s*(?:[({]|mutable\b|->)')


def code(text):
    """The text with comments and literals blanked; line numbers stay what they were."""
    def blank(match):
        found = match.group(0)
        quoted = found[0] in "\"'R"
        return ('""' if quoted else "") + "\n" * found.count("\n")
    return _LITERAL.sub(blank, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def includes(text):
    """(line, path, quoted) of each #include."""
    for match in _INCLUDE.finditer(text):
        yield line_of(text, match.start()), match.group(1) or match.group(2), match.group(2) is not None


def co_await_expressions(text):
    """(line, rest) where rest goes from co_await to the end of its full expression."""
    text = code(text)
    for match in re.finditer(r"\bco_await\b", text):
        depth, end = 0, match.end()
        while end < len(text) and text[end] != ";":
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
            if depth < 0 and text[end:].lstrip().startswith("{"):
                break  # if (co_await …) {: the brace opens the statement
        yield line_of(text, match.start()), text[match.start():end]


def holds_aggregate_or_lambda(expression):
    return "{" in expression or bool(_LAMBDA.search(expression))
