// The system's part of saving: temporary beside the file, flush to the disk, rename over it.
#pragma once

#include <string>
#include <string_view>

namespace gatehouse::lab {

// Empty when it is written; otherwise the step and the system's reason. A symbolic link stays one, and its
// target is written; the file keeps its rights.
std::string writeWholeFile(const std::string& path, std::string_view text);

} // namespace gatehouse::lab
