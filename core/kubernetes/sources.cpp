#include <base/ascii.h>
#include <kubernetes/messages.h>
#include <kubernetes/nodes.h>
#include <kubernetes/sources.h>
#include <lab/yamlMessages.h>
#include <lab/yamlText.h>
#include <realm/fields.h>
#include <realm/pointer.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

namespace gatehouse::kubernetes {

namespace {

constexpr std::size_t largest = 64u << 20;
constexpr std::size_t mostNodes = 2'000'000; // aliases of aliases grow without bound (a "billion laughs")
constexpr int deepest = 200;
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

struct Overgrown {}; // ends the conversion; never leaves this file

class Converter {
public:
    Converter(Sources& sources, const SourceFile& file, std::vector<Problem>& problems)
        : sources_(sources), file_(file), problems_(problems), lines_(file.text),
          base_(file.text.starts_with(byteOrderMark) ? byteOrderMark.size() : 0) {}

    Node convert(const YAML::Node& node, const std::string& path, const YAML::Mark& key, int depth) {
        if (++count_ > mostNodes || depth > deepest)
            throw Overgrown();
        const YAML::Mark mark = node.Mark();
        const Place keyPlace = place(key, path);
        const Place here = mark.pos < 0 ? keyPlace : place(mark, path);
        switch (node.Type()) {
        case YAML::NodeType::Scalar:
            return scalar(node, sources_.remember(here, keyPlace), here);
        case YAML::NodeType::Sequence: {
            const FieldId id = sources_.remember(here, keyPlace);
            std::vector<Node> items;
            for (std::size_t i = 0; i < node.size(); ++i)
                items.push_back(convert(node[i], path + '/' + std::to_string(i), node[i].Mark(), depth + 1));
            return Node::list(std::move(items), id);
        }
        case YAML::NodeType::Map:
            return map(node, path, sources_.remember(here, keyPlace), depth);
        default:
            return Node::null(sources_.remember(keyPlace, keyPlace)); // nothing stands at its key
        }
    }

    Place place(const YAML::Mark& mark, const std::string& path) const {
        Place out{file_.name, 0, 0, path};
        if (mark.pos >= 0)
            lines_.locate(static_cast<std::size_t>(mark.pos) + base_, out);
        return out;
    }

    void refuse(const Message& what, Place where, std::map<std::string, std::string> args) {
        problems_.push_back({Problem::Kind::Refused, Error{&what, std::move(args), std::move(where), {}}});
    }

private:
    Node scalar(const YAML::Node& node, FieldId id, const Place& here) {
        const std::string& tag = node.Tag();
        const bool plain = tag.empty() || tag == "?";
        if (!plain && tag != "!" && tag != "tag:yaml.org,2002:str")
            refuse(tagUnknown, here, {{"tag", tag}});
        return Node::scalar(node.Scalar(), !plain, id);
    }

    Node map(const YAML::Node& node, const std::string& path, FieldId id, int depth) {
        Entries own;
        std::vector<Node> merged;
        std::map<std::string, int> seen; // key → line
        for (const auto& entry : node) {
            const YAML::Mark mark = entry.first.Mark();
            if (!entry.first.IsScalar()) {
                refuse(lab::keyNoText, place(mark, path), {});
                continue;
            }
            const std::string key = entry.first.Scalar();
            const std::string below = path + '/' + realm::pointerStep(key);
            const auto [first, fresh] = seen.emplace(key, mark.line + 1);
            if (!fresh) {
                refuse(lab::duplicateKey, place(mark, below),
                       {{"key", key}, {"line", std::to_string(first->second)}});
                continue;
            }
            Node value = convert(entry.second, below, mark, depth + 1);
            if (key == "<<" && entry.first.Tag() != "!")
                merged.push_back(std::move(value));
            else
                own.emplace_back(key, std::move(value));
        }
        for (const Node& each : merged)
            merge(each, own);
        return Node::map(std::move(own), id);
    }

    // What the map itself says wins; of several merged maps the first (yaml.org/type/merge.html).
    void merge(const Node& from, Entries& into) {
        if (from.isList())
            for (const Node& each : from.items())
                merge(each, into);
        else if (!from.isMap())
            refuse(mergeNoMap, sources_.place(from.id()), {});
        for (auto& [key, value] : entriesOf(from))
            if (std::none_of(into.begin(), into.end(), [&](const auto& each) { return each.first == key; }))
                into.emplace_back(key, std::move(value));
    }

    Sources& sources_;
    const SourceFile& file_;
    std::vector<Problem>& problems_;
    lab::Lines lines_;
    std::size_t base_; // yaml-cpp does not count a byte order mark
    std::size_t count_ = 0;
};

// yaml-cpp takes what stands behind a document for another one; where it is a stray , ] or } it reads nothing
// from it, for ever.
class ProgressWatch : public YAML::EventHandler {
public:
    void OnDocumentStart(const YAML::Mark& mark) override {
        if (mark.pos == last_)
            throw YAML::ParserException(mark, "this belongs to nothing");
        last_ = mark.pos;
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}

private:
    int last_ = -1;
};

std::vector<YAML::Node> loadAll(const std::string& text) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    ProgressWatch watch;
    while (parser.HandleNextDocument(watch)) {
    }
    return YAML::LoadAll(text);
}

// JSON's ids are offsets: each node gets a place of ours.
Node placed(const Node& node, const std::string& path, const lab::Lines& lines, const std::string& file,
            Sources& sources) {
    Place here{file, 0, 0, path};
    if (node.id())
        lines.locate(node.id().index - 1, here);
    const FieldId id = sources.remember(here, here);
    if (node.isScalar())
        return Node::scalar(node.text(), node.quoted(), id);
    if (node.isList()) {
        std::vector<Node> items;
        for (std::size_t i = 0; i < node.size(); ++i)
            items.push_back(placed(node.items()[i], path + '/' + std::to_string(i), lines, file, sources));
        return Node::list(std::move(items), id);
    }
    if (!node.isMap())
        return Node::null(id);
    Entries entries;
    for (const auto& [key, value] : node.entries())
        entries.emplace_back(key, placed(*value, path + '/' + realm::pointerStep(key), lines, file, sources));
    return Node::map(std::move(entries), id);
}

bool isJson(const SourceFile& file) {
    const std::string_view text = file.text;
    const auto first = text.find_first_not_of(" \t\r\n");
    return file.name.ends_with(".json") || (first != std::string_view::npos && text[first] == '{');
}

} // namespace

FieldId Sources::remember(Place value, Place key) {
    spots_.push_back({std::move(value), std::move(key)});
    return FieldId{static_cast<std::uint32_t>(spots_.size())};
}

Place Sources::place(FieldId id) const {
    return id && id.index <= spots_.size() ? spots_[id.index - 1].value : Place{};
}

Place Sources::keyPlace(FieldId id) const {
    return id && id.index <= spots_.size() ? spots_[id.index - 1].key : Place{};
}

void Sources::add(const SourceFile& file, std::vector<Problem>& problems) {
    Converter converter(*this, file, problems);
    const Place whole{file.name, 0, 0, {}};
    if (file.text.size() > largest)
        return converter.refuse(fileTooLarge, whole, {});
    if (file.text.find('\0') != std::string::npos)
        return converter.refuse(notText, whole, {});
    if (isJson(file)) {
        const auto json = realm::nodeFromJson(file.text, file.name);
        if (json)
            return documents_.push_back(
                {file.name, placed(*json, {}, lab::Lines(file.text), file.name, *this)});
        if (file.name.ends_with(".json"))
            return problems.push_back({Problem::Kind::Refused, json.error()});
    }
    try {
        std::vector<Text> documents;
        for (const YAML::Node& node : loadAll(file.text))
            if (node.IsDefined() && !node.IsNull())
                documents.push_back({file.name, converter.convert(node, {}, node.Mark(), 0)});
        std::move(documents.begin(), documents.end(), std::back_inserter(documents_));
    } catch (const Overgrown&) {
        converter.refuse(overgrown, whole, {});
    } catch (const YAML::Exception& error) {
        const bool templated = file.text.find("{{") != std::string::npos;
        Place where = converter.place(error.mark, {});
        problems.push_back({Problem::Kind::Refused,
                            templated
                                ? Error{&helmTemplate, {}, std::move(where), error.msg}
                                : Error{&lab::yamlSyntax, {{"reason", error.msg}}, std::move(where), {}}});
    }
}

} // namespace gatehouse::kubernetes
