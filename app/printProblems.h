// What went wrong, said on standard error, and the exit status that follows from it.
#pragma once

#include <base/error.h>

#include <vector>

namespace gatehouse::app {

// "file:line:column: field: text" and the hint, one problem after another, to standard error.
void printProblems(const std::vector<Problem>& problems);
void printError(const Error& error);

// Why a command ends when a lab could not be loaded: the lab itself, or this machine (no seed to be had).
int failureStatus(const std::vector<Problem>& problems);

} // namespace gatehouse::app
