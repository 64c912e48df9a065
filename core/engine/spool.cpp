#include <engine/spool.h>

#include <utility>

namespace gatehouse::engine {

namespace {

constexpr std::size_t mostInMemory = 1024 * 1024;
constexpr std::size_t pieceSize = 64 * 1024;

} // namespace

bool Spool::append(std::string_view bytes) {
    size_ += bytes.size();
    if (!file_ && size_ <= mostInMemory) {
        memory_.append(bytes);
        return true;
    }
    if (!file_) {
        file_.reset(std::tmpfile());
        failed_ = !file_ || std::fwrite(memory_.data(), 1, memory_.size(), file_.get()) != memory_.size();
        memory_.clear();
    }
    failed_ = failed_ || std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size();
    return !failed_;
}

void Spool::rewind() {
    given_ = false;
    if (file_)
        failed_ = std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0;
}

std::string_view Spool::next() {
    if (!file_)
        return std::exchange(given_, true) ? std::string_view{} : std::string_view(memory_);
    memory_.resize(pieceSize);
    memory_.resize(std::fread(memory_.data(), 1, pieceSize, file_.get()));
    failed_ = failed_ || std::ferror(file_.get()) != 0;
    return memory_;
}

} // namespace gatehouse::engine
