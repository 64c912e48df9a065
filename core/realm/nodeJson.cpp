#include <realm/fields.h>
#include <realm/json.h>
#include <realm/pointer.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>

namespace gatehouse::realm {

namespace {

constexpr Message jsonSyntax{"json-syntax", GH_TEXT("core", "this is no JSON from here on"),
                             GH_TEXT("core", "look at the character here and before it: {reason}")};
constexpr Message jsonTwice{"json-key-twice", GH_TEXT("core", "\"{key}\" stands twice in one object"),
                            GH_TEXT("core", "leave one of them")};
constexpr Message jsonDeep{"json-too-deep", GH_TEXT("core", "objects are nested deeper than 200"),
                           GH_TEXT("core", "this is hardly a realm")};

// Counts what the parser has taken, so that a value knows where it ends.
class Counting {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Counting(const char* at, const char** reached) : at_(at), reached_(reached) {}
    reference operator*() const { return *at_; }
    Counting& operator++() {
        ++at_;
        *reached_ = at_;
        return *this;
    }
    Counting operator++(int) {
        Counting before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const Counting& a, const Counting& b) { return a.at_ == b.at_; }

private:
    const char* at_;
    const char** reached_;
};

Place placeAt(std::string_view json, std::size_t offset, std::string_view file) {
    Place place{std::string(file), 1, 1, {}};
    for (const char c : json.substr(0, offset)) {
        const bool continuation = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
        place.column += continuation ? 0 : 1;
        if (c == '\n') {
            ++place.line;
            place.column = 1;
        }
    }
    return place;
}

// Values as Nodes. The id of a value is the offset of its first character plus one, or `fixed`.
class Builder {
public:
    using Json = nlohmann::json;

    Builder(std::string_view json, std::optional<FieldId> fixed) : json_(json), fixed_(fixed) {}

    const char* reached = nullptr;
    std::optional<Node> root;
    std::optional<Error> error;

    bool null() { return put(Node::null(id(word()))); }
    bool boolean(bool value) { return put(Node::scalar(value ? "true" : "false", false, id(word()))); }
    bool number_integer(Json::number_integer_t value) { return number(std::to_string(value)); }
    bool number_unsigned(Json::number_unsigned_t value) { return number(std::to_string(value)); }
    bool number_float(Json::number_float_t, const std::string& text) { return number(text); }
    bool string(std::string& value) { return put(Node::scalar(std::move(value), true, id(quote()))); }
    bool binary(Json::binary_t&) { return false; } // no such thing in text

    bool start_object(std::size_t) { return open(); }
    bool start_array(std::size_t) { return open(); }
    bool end_array() {
        Level level = close();
        return put(Node::list(std::move(level.items), level.id));
    }
    bool end_object() {
        Level level = close();
        std::vector<std::pair<std::string, Node>> entries;
        for (std::size_t i = 0; i < level.items.size(); ++i)
            entries.emplace_back(std::move(level.keys[i]), std::move(level.items[i]));
        return put(Node::map(std::move(entries), level.id));
    }
    bool key(std::string& name) {
        Level& level = levels_.back();
        if (!level.seen.insert(name).second)
            return refuse(jsonTwice, {{"key", name}}, quote());
        level.keys.push_back(std::move(name));
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const Json::exception& reason) {
        error = Error{&jsonSyntax,
                      {{"reason", reason.what()}},
                      placeAt(json_, std::min(position == 0 ? 0 : position - 1, json_.size()), {}),
                      reason.what()};
        return false;
    }

private:
    struct Level {
        FieldId id;
        std::vector<std::string> keys;
        std::unordered_set<std::string> seen;
        std::vector<Node> items;
    };

    std::size_t end() const {
        return reached == nullptr ? 0 : static_cast<std::size_t>(reached - json_.data());
    }
    FieldId id(std::size_t offset) const {
        return fixed_ ? *fixed_ : FieldId{static_cast<std::uint32_t>(offset + 1)};
    }
    // Where the string that ends here began: quotes inside it are escaped, so the next bare one to the left.
    std::size_t quote() const {
        std::size_t at = end() - 1;
        while (at > 0) {
            --at;
            if (json_[at] != '"')
                continue;
            std::size_t slashes = 0;
            while (slashes < at && json_[at - 1 - slashes] == '\\')
                ++slashes;
            if (slashes % 2 == 0)
                break;
        }
        return at;
    }
    // Where the number or word began that ends here, or one character before: a number is known by what
    // follows it.
    std::size_t word() const {
        constexpr std::string_view letters = "0123456789+-.eEtrufalsn";
        std::size_t at = end();
        if (at > 0 && letters.find(json_[at - 1]) == std::string_view::npos)
            --at;
        while (at > 0 && letters.find(json_[at - 1]) != std::string_view::npos)
            --at;
        return at;
    }

    bool number(std::string text) { return put(Node::scalar(std::move(text), false, id(word()))); }

    bool open() {
        constexpr std::size_t deepest = 200;
        if (levels_.size() == deepest)
            return refuse(jsonDeep, {}, end() - 1);
        levels_.emplace_back().id = id(end() - 1);
        return true;
    }
    Level close() {
        Level level = std::move(levels_.back());
        levels_.pop_back();
        return level;
    }
    bool put(Node node) {
        if (levels_.empty())
            root = std::move(node);
        else
            levels_.back().items.push_back(std::move(node));
        return true;
    }
    bool refuse(const Message& what, std::map<std::string, std::string> args, std::size_t offset) {
        error = Error{&what, std::move(args), placeAt(json_, offset, {}), {}};
        return false;
    }

    std::string_view json_;
    std::optional<FieldId> fixed_;
    std::vector<Level> levels_;
};

Result<Node> parse(std::string_view json, std::string_view file, std::optional<FieldId> fixed) {
    Builder builder(json, fixed);
    const Counting begin(json.data(), &builder.reached);
    const Counting end(json.data() + json.size(), &builder.reached);
    if (nlohmann::json::sax_parse(begin, end, &builder) && builder.root)
        return std::move(*builder.root);
    Error error = builder.error.value_or(Error{&jsonSyntax, {{"reason", "nothing here"}}, {}, {}});
    error.where.file = file;
    return std::unexpected(std::move(error));
}

bool pathTo(const Node& node, FieldId id, std::string& path) {
    if (node.id() == id)
        return true;
    const auto entries = node.entries();
    for (std::size_t i = 0; i < node.items().size(); ++i) {
        const std::size_t length = path.size();
        path += '/' + (node.isMap() ? pointerStep(entries[i].first) : std::to_string(i));
        if (pathTo(node.items()[i], id, path))
            return true;
        path.resize(length);
    }
    return false;
}

} // namespace

Result<Node> nodeFromJson(std::string_view json, std::string_view file) {
    return parse(json, file, std::nullopt);
}

Result<Node> nodeFromJsonAt(std::string_view json, FieldId place) {
    return parse(json, {}, place);
}

Place placeInJson(std::string_view json, std::string_view file, const Node& root, FieldId id) {
    if (!id || id.index > json.size())
        return Place{std::string(file), 0, 0, {}};
    Place place = placeAt(json, id.index - 1, file);
    if (!pathTo(root, id, place.field))
        place.field.clear();
    return place;
}

} // namespace gatehouse::realm
