// BodyReader: takes the bytes after a head and says which of them are body, sans I/O, split-invariant.
#pragma once

#include <http/parse.h>

namespace gatehouse::http {

class BodyReader {
public:
    BodyReader() = default;
    BodyReader(const Framing& framing, const Limits& limits);

    struct Step {
        std::size_t consumed = 0; // of the bytes given, framing included
        std::string_view data;    // a part of the given bytes that is body; may be empty
        bool done = false;        // the message ends here
        const Refusal* refused = nullptr;
    };
    // Call again with the rest while consumed > 0 and !done. UntilClose never says done: see end().
    Step feed(std::string_view bytes);

    // The peer closed. True when that ends the message properly (UntilClose, or already done).
    bool endOfInput() const;
    bool done() const { return state_ == State::Done; }

private:
    enum class State : std::uint8_t {
        Length,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailer,
        UntilClose,
        Done,
        Refused
    };
    State state_ = State::Done;
    std::uint64_t left_ = 0;
    std::string line_; // a chunk-size or trailer line that was split
    std::size_t trailerBytes_ = 0;
    Limits limits_;
    Refusal refusal_;
    Step lineStep(std::string_view bytes);
    bool takeLine();
    bool takeChunkSize();
    bool takeTrailer();
    Step refuse(const Message& why);
};

// "1a\r\n" before a chunk; the last chunk is lastChunk.
std::string chunkHead(std::size_t size);
inline constexpr std::string_view chunkEnd = "\r\n";
inline constexpr std::string_view lastChunk = "0\r\n\r\n";

} // namespace gatehouse::http
