// What the process says to scripts. Part of the command line's contract.
#pragma once

namespace gatehouse::app {

inline constexpr int exitOk = 0;
inline constexpr int exitUnexpected = 1; // a rehearsal went otherwise than expected
inline constexpr int exitUsage = 2;
inline constexpr int exitLab = 3;         // missing, unreadable or wrong lab
inline constexpr int exitEnvironment = 4; // a port taken, a folder not writable

} // namespace gatehouse::app
