// Included by moc before anything else. moc of Qt 6.4 stops at `namespace std _GLIBCXX_VISIBILITY(default) {`
// unless it has seen that macro, which depends on the order of the library's headers.
#pragma once
#define _GLIBCXX_VISIBILITY(V)
