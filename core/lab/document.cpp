#include <base/ascii.h>
#include <lab/document.h>
#include <lab/read.h>
#include <lab/yamlText.h>
#include <realm/pointer.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::lab {

namespace {

const Node& step(const Node& node, const std::string& key) {
    static const Node absent;
    if (node.isMap())
        return node[key];
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
    const bool number = error == std::errc{} && end == key.data() + key.size();
    return node.isList() && number && index < node.size() ? node.items()[index] : absent;
}

// A field that should not be there is shown by its name, not by its value.
bool meansTheKey(const Message& what) {
    return what.code == "unknown-field" || what.code == "unknown-key" || what.code == "field-not-yet";
}

void showKeys(std::vector<Problem>& problems, const std::vector<Place>& places, const YamlText& yaml,
              const Lines& lines) {
    for (Problem& problem : problems) {
        Place& where = problem.error.where;
        if (!meansTheKey(*problem.error.what))
            continue;
        const auto place = std::find_if(places.begin(), places.end(), [&](const Place& each) {
            return each.line == where.line && each.column == where.column && each.field == where.field;
        });
        if (place == places.end())
            continue;
        const Spot& spot = yaml.spots[static_cast<std::size_t>(place - places.begin())];
        if (spot.keyBegin != Spot::none)
            lines.locate(spot.keyBegin, where);
    }
}

void sortByPlace(std::vector<Problem>& problems) {
    std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
        return std::pair(a.error.where.line, a.error.where.column) <
               std::pair(b.error.where.line, b.error.where.column);
    });
}

} // namespace

Checked<Document> Document::parse(std::string text, std::string file) {
    Checked<Document> checked;
    YamlReading yaml = readYaml(text, file);
    checked.problems = std::move(yaml.problems);
    if (!yaml.value)
        return checked;

    Document document;
    document.text_ = std::move(text);
    document.file_ = std::move(file);
    const Lines lines(document.text_);
    document.places_.reserve(yaml.value->spots.size());
    for (std::uint32_t i = 0; i < yaml.value->spots.size(); ++i) {
        Place& place = document.places_.emplace_back(Place{document.file_, 0, 0, yaml.value->path(i)});
        lines.locate(yaml.value->spots[i].begin, place);
    }
    document.root_ = std::move(yaml.value->root);
    const auto placeOf = [&document](FieldId id) { return document.place(id); };
    document.lab_ = readLab(document.root_, document.file_, placeOf, checked.problems);
    showKeys(checked.problems, document.places_, *yaml.value, lines);
    showKeys(document.lab_.notYet, document.places_, *yaml.value, lines);
    sortByPlace(checked.problems);
    if (!anyRefused(checked.problems))
        checked.value = std::move(document);
    return checked;
}

Place Document::place(FieldId id) const {
    if (!id || id.index > places_.size())
        return Place{file_, 0, 0, {}};
    return places_[id.index - 1];
}

FieldId Document::field(std::string_view path) const {
    const Node* node = &root_;
    for (const std::string& key : realm::pointerSteps(path))
        node = &step(*node, key);
    return node->id();
}

} // namespace gatehouse::lab
