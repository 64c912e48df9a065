#include <http/body.h>
#include <http/fieldParser.h>
#include <http/grammar.h>
#include <http/refusals.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::http {

namespace {

constexpr std::size_t mostSizeDigits = 15; // fits 64 bits with room to add

} // namespace

BodyReader::BodyReader(const Framing& framing, const Limits& limits) : limits_(limits) {
    switch (framing.body) {
    case BodyKind::None:
        break;
    case BodyKind::Length:
        left_ = framing.length;
        state_ = left_ == 0 ? State::Done : State::Length;
        break;
    case BodyKind::Chunked:
        state_ = State::ChunkSize;
        break;
    case BodyKind::UntilClose:
        state_ = State::UntilClose;
        break;
    }
}

BodyReader::Step BodyReader::feed(std::string_view bytes) {
    switch (state_) {
    case State::Length:
    case State::ChunkData: {
        Step step;
        step.consumed = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
        step.data = bytes.substr(0, step.consumed);
        left_ -= step.consumed;
        if (left_ == 0)
            state_ = state_ == State::Length ? State::Done : State::ChunkEnd;
        step.done = state_ == State::Done;
        return step;
    }
    case State::UntilClose:
        return {bytes.size(), bytes, false, nullptr};
    case State::ChunkSize:
    case State::ChunkEnd:
    case State::Trailer:
        return lineStep(bytes);
    case State::Done:
        return {0, {}, true, nullptr};
    case State::Refused:
        return {0, {}, false, &refusal_};
    }
    return {};
}

// Collects one line that ends with CRLF, at most as long as its kind may be; then acts on it. Too long is
// said before anything else is looked at, so that the split does not matter.
BodyReader::Step BodyReader::lineStep(std::string_view bytes) {
    const std::size_t most = state_ == State::ChunkSize  ? limits_.chunkLine
                             : state_ == State::ChunkEnd ? 0
                                                         : limits_.trailers - trailerBytes_;
    const Message& tooLong = state_ == State::ChunkSize  ? refusal::chunkLineTooLong
                             : state_ == State::ChunkEnd ? refusal::chunkEnd
                                                         : refusal::trailersTooLarge;
    const auto lineFeed = bytes.find('\n');
    const std::string_view part = bytes.substr(0, lineFeed);
    if (line_.size() + part.size() > most + 1)
        return refuse(tooLong);
    line_.append(part);
    if (lineFeed == std::string_view::npos)
        return {bytes.size(), {}, false, nullptr};
    if (!line_.ends_with('\r'))
        return refuse(state_ == State::ChunkSize  ? refusal::chunkSize
                      : state_ == State::ChunkEnd ? refusal::chunkEnd
                                                  : refusal::trailer);
    line_.pop_back();
    if (!takeLine())
        return {0, {}, false, &refusal_};
    line_.clear();
    return {lineFeed + 1, {}, state_ == State::Done, nullptr};
}

bool BodyReader::takeLine() {
    if (state_ == State::ChunkSize)
        return takeChunkSize();
    if (state_ == State::ChunkEnd) { // what lineStep let through is empty
        state_ = State::ChunkSize;
        return true;
    }
    if (line_.empty()) {
        state_ = State::Done;
        return true;
    }
    trailerBytes_ = std::min(limits_.trailers, trailerBytes_ + line_.size() + 2);
    return takeTrailer();
}

// RFC 9112 section 7.1: 1*HEXDIG, then extensions, which are dropped. No blanks before the ';' (they are "bad
// whitespace" there, and servers disagree on it).
bool BodyReader::takeChunkSize() {
    const std::string_view line = line_;
    const std::string_view digits = line.substr(0, line.find(';'));
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), left_, 16);
    if (digits.empty() || digits.size() > mostSizeDigits || error != std::errc{} ||
        end != digits.data() + digits.size() || !grammar::all(line, grammar::Field)) {
        refuse(refusal::chunkSize);
        return false;
    }
    state_ = left_ == 0 ? State::Trailer : State::ChunkData;
    return true;
}

// Trailers are checked like fields, so that a message that we take is one for everybody, and then dropped.
bool BodyReader::takeTrailer() {
    line_.append("\r\n");
    Cursor cursor{line_.data(), line_.data(), line_.data() + line_.size()};
    FieldSpan span;
    const Message* why = nullptr;
    if (takeFieldLine(cursor, span, why) == LineKind::Field && cursor.at == cursor.end)
        return true;
    refuse(refusal::trailer);
    return false;
}

BodyReader::Step BodyReader::refuse(const Message& why) {
    state_ = State::Refused;
    refusal_ = {400, &why};
    return {0, {}, false, &refusal_};
}

bool BodyReader::endOfInput() const {
    return state_ == State::Done || state_ == State::UntilClose;
}

std::string chunkHead(std::size_t size) {
    char digits[20];
    const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), size, 16);
    std::string head(std::begin(digits), error == std::errc{} ? end : std::begin(digits));
    head += "\r\n";
    return head;
}

} // namespace gatehouse::http
