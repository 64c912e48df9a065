#include <base/encoding.h>
#include <lab/lexing.h>
#include <lab/utf8.h>
#include <lab/yamlMessages.h>
#include <lab/yamlText.h>
#include <realm/pointer.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace gatehouse::lab {

namespace {

constexpr std::size_t largest = 4u << 20;
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t mostProblems = 500;

struct Stop {}; // ends the reading of a text that has no further sense; never leaves readYaml

class Builder : public YAML::EventHandler {
public:
    Builder(std::string_view text, std::string_view file, std::size_t base)
        : text_(text), file_(file), base_(base), lines_(text) {}

    YamlText out;
    std::vector<Problem> problems;
    bool finished = false; // the first document is read

    void refuse(const Message& what, std::size_t offset, std::map<std::string, std::string> args = {}) {
        note(what, offset, std::move(args));
        stopIfFull();
    }
    void stopIfFull() const {
        if (problems.size() >= mostProblems)
            throw Stop();
    }
    void note(const Message& what, std::size_t offset, std::map<std::string, std::string> args) {
        Place place{std::string(file_), 0, 0, {}};
        lines_.locate(offset, place);
        if (!levels_.empty())
            place.field = out.path(levels_.back().spot);
        problems.push_back({Problem::Kind::Refused, Error{&what, std::move(args), std::move(place), {}}});
    }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (!finished)
            return;
        refuse(moreDocuments, offset(mark));
        throw Stop();
    }
    void OnDocumentEnd() override { finished = true; }

    void OnAnchor(const YAML::Mark& mark, const std::string&) override {
        refuse(anchorRefused, offset(mark));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        refuse(anchorRefused, offset(mark));
        scalar(mark, Node::null(), {});
    }
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { scalar(mark, Node::null(), {}); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override {
        tagged(mark, tag);
        const char first = offset(mark) < text_.size() ? text_[offset(mark)] : '\0';
        if ((first == '"' || first == '\'') && quotedEnd(text_, offset(mark)) == noEnd) {
            refuse(yamlSyntax, offset(mark), {{"reason", "this quote is never closed"}});
            throw Stop();
        }
        const bool quoted = first == '"' || first == '\'' || first == '|' || first == '>';
        scalar(mark, Node::scalar(value, quoted), value);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value style) override {
        open(mark, tag, style, false);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value style) override {
        open(mark, tag, style, true);
    }
    void OnSequenceEnd() override {
        Level level = close();
        put(Node::list(std::move(level.items), FieldId{level.spot + 1}));
    }
    void OnMapEnd() override {
        Level level = close();
        std::vector<std::pair<std::string, Node>> entries;
        entries.reserve(level.items.size());
        for (std::size_t i = 0; i < level.items.size(); ++i)
            if (level.keys[i].kept)
                entries.emplace_back(std::move(level.keys[i].name), std::move(level.items[i]));
        put(Node::map(std::move(entries), FieldId{level.spot + 1}));
    }

private:
    struct Key {
        std::string name;
        std::uint32_t begin = 0;
        bool kept = true;
    };
    struct Level {
        std::uint32_t spot = 0;
        bool map = false;
        bool flow = false;
        std::vector<Key> keys;
        std::unordered_map<std::string, std::uint32_t> seen; // key → where it stands first
        std::vector<Node> items;
    };

    std::size_t offset(const YAML::Mark& mark) const {
        return mark.pos < 0 ? text_.size()
                            : std::min(text_.size(), static_cast<std::size_t>(mark.pos) + base_);
    }
    std::uint32_t offset32(const YAML::Mark& mark) const { return static_cast<std::uint32_t>(offset(mark)); }

    void tagged(const YAML::Mark& mark, const std::string& tag) {
        const bool plain = tag.empty() || tag == "?" || tag == "!";
        if (!plain || (offset(mark) < text_.size() && text_[offset(mark)] == '!'))
            refuse(tagRefused, offset(mark));
    }

    bool expectsKey() const {
        return !levels_.empty() && levels_.back().map &&
               levels_.back().keys.size() == levels_.back().items.size();
    }

    void scalar(const YAML::Mark& mark, Node node, const std::string& value) {
        if (expectsKey())
            return key(mark, node, value);
        const std::uint32_t spot = begin(mark, node.kind() == Node::Kind::Null);
        put(node.isScalar() ? Node::scalar(node.text(), node.quoted(), FieldId{spot + 1})
                            : Node::null(FieldId{spot + 1}));
    }

    void key(const YAML::Mark& mark, const Node& node, const std::string& value) {
        Level& level = levels_.back();
        Key next{value, offset32(mark), true};
        if (!node.isScalar()) {
            refuse(keyNoText, offset(mark));
            next.kept = false;
        } else if (const auto [first, fresh] = level.seen.emplace(value, next.begin); !fresh) {
            Place place;
            lines_.locate(first->second, place);
            note(duplicateKey, offset(mark), {{"key", value}, {"line", std::to_string(place.line)}});
            problems.back().error.where.field += '/' + realm::pointerStep(value);
            stopIfFull();
            next.kept = false;
        }
        level.keys.push_back(std::move(next));
    }

    // A new spot. What is not there (`key:`) is told about where its key stands.
    std::uint32_t begin(const YAML::Mark& mark, bool nothing) {
        const auto index = static_cast<std::uint32_t>(out.spots.size());
        Spot& spot = out.spots.emplace_back();
        spot.begin = spot.mark = offset32(mark);
        if (levels_.empty())
            return index;
        const Level& level = levels_.back();
        spot.parent = level.spot;
        spot.flow = level.flow;
        if (level.map) {
            spot.step = level.keys.back().name;
            spot.keyBegin = level.keys.back().begin;
            if (nothing)
                spot.begin = spot.keyBegin;
        } else {
            spot.step = std::to_string(level.items.size());
        }
        return index;
    }

    void open(const YAML::Mark& mark, const std::string& tag, YAML::EmitterStyle::value style, bool map) {
        tagged(mark, tag);
        if (expectsKey()) {
            refuse(keyNoText, offset(mark));
            throw Stop();
        }
        const std::uint32_t spot = begin(mark, false);
        Level& level = levels_.emplace_back();
        level.spot = spot;
        level.map = map;
        level.flow = style == YAML::EmitterStyle::Flow;
        out.spots[spot].flow = level.flow;
    }

    Level close() {
        Level level = std::move(levels_.back());
        levels_.pop_back();
        return level;
    }

    void put(Node node) {
        if (levels_.empty())
            out.root = std::move(node);
        else
            levels_.back().items.push_back(std::move(node));
    }

    std::string_view text_;
    std::string_view file_;
    std::size_t base_; // yaml-cpp does not count a byte order mark
    Lines lines_;
    std::vector<Level> levels_;
};

// yaml-cpp takes U+0004 for the end of the text, and would call NUL a blank.
std::size_t firstControl(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool lineEnd = c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n');
        if ((c < 0x20 && c != '\t' && !lineEnd) || c == 0x7F)
            return i;
    }
    return std::string_view::npos;
}

bool readable(std::string_view text, Builder& builder) {
    constexpr auto none = std::string_view::npos;
    if (text.size() > largest)
        builder.note(tooLarge, 0, {});
    else if (const std::size_t bad = firstInvalidUtf8(text); bad != none)
        builder.note(notUtf8, bad, {});
    else if (const std::size_t control = firstControl(text); control != none)
        builder.note(controlCharacter, control, {{"code", hex(text.substr(control, 1))}});
    return builder.problems.empty();
}

// Whether the text could be read to its end.
bool read(std::string_view text, std::size_t base, Builder& builder) {
    const auto at = [&](const YAML::Mark& mark) {
        return mark.pos < 0 ? text.size() : std::min(text.size(), static_cast<std::size_t>(mark.pos) + base);
    };
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        parser.HandleNextDocument(builder);
        builder.finished = true;
        parser.HandleNextDocument(builder);
        const Node::Kind kind = builder.out.root.kind();
        if (kind != Node::Kind::Absent && kind != Node::Kind::Null)
            return true;
        if (builder.problems.empty())
            builder.note(emptyDocument, 0, {});
    } catch (const Stop&) { // everything is said
    } catch (const YAML::DeepRecursion& deep) {
        builder.note(yamlSyntax, at(deep.mark), {{"reason", "nested too deeply"}});
    } catch (const YAML::Exception& error) {
        builder.note(yamlSyntax, at(error.mark), {{"reason", error.msg}});
    }
    return false;
}

} // namespace

Lines::Lines(std::string_view text) : text_(text), starts_{0} {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n')
            starts_.push_back(i + 1);
}

void Lines::locate(std::size_t offset, Place& place) const {
    offset = std::min(offset, text_.size());
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const std::size_t start = *(next - 1);
    const std::string_view before = text_.substr(start, offset - start);
    place.line = static_cast<std::uint32_t>(next - starts_.begin());
    place.column = 1 + static_cast<std::uint32_t>(std::count_if(before.begin(), before.end(), [](char c) {
                       return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
                   }));
    if (start == 0 && before.starts_with(byteOrderMark))
        --place.column;
}

std::string YamlText::path(std::uint32_t spot) const {
    if (spot == Spot::none || spots[spot].parent == Spot::none)
        return {};
    return path(spots[spot].parent) + '/' + realm::pointerStep(spots[spot].step);
}

YamlReading readYaml(std::string_view text, std::string_view file) {
    const std::size_t base = text.starts_with(byteOrderMark) ? byteOrderMark.size() : 0;
    Builder builder(text, file, base);
    YamlReading reading;
    const bool whole = readable(text, builder) && read(text, base, builder);
    reading.problems = std::move(builder.problems);
    if (whole)
        reading.value = std::move(builder.out);
    return reading;
}

} // namespace gatehouse::lab
