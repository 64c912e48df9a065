#include <base/ascii.h>
#include <engine/portHolder.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>
#include <vector>

namespace gatehouse::engine {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view listening = "0A"; // TCP_LISTEN in /proc/net/tcp

// The inodes of the sockets that listen at `port`, by one of the kernel's tables.
void listeningInodes(const char* table, std::uint16_t port, std::vector<std::string>& inodes) {
    std::ifstream in(table);
    std::string line;
    std::getline(in, line); // titles
    while (std::getline(in, line)) {
        std::istringstream words(line);
        std::string slot, local, remote, state, queues, timer, retransmits, user, timeout, inode;
        words >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >>
            inode;
        const auto colon = local.find(':');
        unsigned at = 0;
        if (state != listening || colon == std::string::npos)
            continue;
        std::from_chars(local.data() + colon + 1, local.data() + local.size(), at, 16);
        if (at == port)
            inodes.push_back("socket:[" + inode + ']');
    }
}

bool holds(const fs::path& process, const std::vector<std::string>& sockets) {
    std::error_code error; // other users' processes cannot be looked into
    for (fs::directory_iterator at(process / "fd", error), end; !error && at != end; at.increment(error)) {
        std::error_code unreadable;
        const std::string target = fs::read_symlink(at->path(), unreadable).string();
        if (std::find(sockets.begin(), sockets.end(), target) != sockets.end())
            return true;
    }
    return false;
}

} // namespace

std::string portHolder(std::uint16_t port) {
    std::vector<std::string> sockets;
    listeningInodes("/proc/net/tcp", port, sockets);
    listeningInodes("/proc/net/tcp6", port, sockets);
    if (sockets.empty())
        return {};
    std::error_code error;
    for (fs::directory_iterator at("/proc", error), end; !error && at != end; at.increment(error)) {
        const std::string id = at->path().filename().string();
        if (!std::all_of(id.begin(), id.end(), asciiDigit) || !holds(at->path(), sockets))
            continue;
        std::ifstream in(at->path() / "comm");
        std::string name;
        std::getline(in, name);
        return name + " (process " + id + ')';
    }
    return {};
}

} // namespace gatehouse::engine
