#include <lab/document.h>
#include <lab/order.h>
#include <lab/splicer.h>
#include <lab/utf8.h>
#include <realm/pointer.h>

#include <algorithm>

namespace gatehouse::lab {

namespace {

constexpr Message noSuchPlace{
    "no-such-place", GH_TEXT("core", "there is no {path} in this lab"),
    GH_TEXT("core", "a list is lengthened by its next number; a value holds nothing inside")};
constexpr Message notWritable{"not-writable", GH_TEXT("core", "{path} cannot be written as text"),
                              GH_TEXT("core", "it has bytes that are no UTF-8")};

bool isNumber(std::string_view step) {
    return !step.empty() && step.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isNext(const std::string& step, std::size_t size) {
    return step == "-" || step == std::to_string(size);
}

bool isUtf8(const Node& node) {
    const auto good = [](std::string_view text) { return firstInvalidUtf8(text) == std::string_view::npos; };
    const auto entries = node.entries();
    return good(node.text()) && std::all_of(node.items().begin(), node.items().end(), isUtf8) &&
           std::all_of(entries.begin(), entries.end(), [&](const auto& entry) { return good(entry.first); });
}

// What the rest of a path leads through is made on the way.
Node wrapped(std::span<const std::string> steps, Node value) {
    for (std::size_t i = steps.size(); i-- > 0;) {
        const bool list = steps[i] == "-" || steps[i] == "0";
        value = list ? Node::list({std::move(value)}) : Node::map({{steps[i], std::move(value)}});
    }
    return value;
}

// Adds what is not there: to the nearest thing that is.
bool add(Splicer& splicer, std::vector<std::string> path, const Node& value) {
    std::size_t there = path.size();
    while (nodeAt(splicer.root(), std::span(path).first(there)).isAbsent())
        --there;
    const auto holder = std::span(path).first(there);
    const Node& node = nodeAt(splicer.root(), holder);
    const Node inner = wrapped(std::span(path).subspan(there + 1), value);
    if (node.isMap() && node.size() > 0)
        return splicer.insertEntry(holder, placeFor(holder, node, path[there]), path[there], inner);
    if (node.isList() && node.size() > 0)
        return isNext(path[there], node.size()) && splicer.insertItem(holder, node.size(), inner);
    const bool list = node.isList() || (!node.isMap() && isNumber(path[there]));
    if (node.isScalar() || (list && !isNext(path[there], 0)))
        return false;
    return splicer.set({holder.begin(), holder.end()}, wrapped(std::span(path).subspan(there), value));
}

Result<Document> parsed(std::string text, const std::string& file) {
    Checked<Document> checked = Document::parse(std::move(text), file);
    if (checked.value)
        return *std::move(checked.value);
    const auto refused =
        std::find_if(checked.problems.begin(), checked.problems.end(),
                     [](const Problem& problem) { return problem.kind == Problem::Kind::Refused; });
    return std::unexpected(refused->error);
}

} // namespace

Result<Document> Document::with(std::string_view path, const Node& value) const {
    const std::vector<std::string> steps = realm::pointerSteps(path);
    auto spanned = SpannedText::make(text_);
    if (!spanned) // written in a way that splicing does not follow: all of it is written anew
        spanned = SpannedText::make(writeYaml(root_));
    if (!spanned || !isUtf8(value))
        return fail(notWritable, {{"path", std::string(path)}}, place(field(path)));
    Splicer splicer(*std::move(spanned));
    const bool there = !nodeAt(splicer.root(), steps).isAbsent();
    if (!(there ? splicer.set(steps, value) : add(splicer, steps, value)))
        return fail(there ? notWritable : noSuchPlace, {{"path", std::string(path)}}, place(field(path)));
    return parsed(splicer.text(), file_);
}

Result<Document> Document::without(std::string_view path) const {
    const std::vector<std::string> steps = realm::pointerSteps(path);
    auto spanned = SpannedText::make(text_);
    if (!spanned)
        spanned = SpannedText::make(writeYaml(root_));
    if (!spanned || steps.empty() || nodeAt(spanned->root(), steps).isAbsent())
        return fail(noSuchPlace, {{"path", std::string(path)}}, place(field(path)));
    Splicer splicer(*std::move(spanned));
    if (!splicer.remove(steps))
        return fail(notWritable, {{"path", std::string(path)}}, place(field(path)));
    return parsed(splicer.text(), file_);
}

} // namespace gatehouse::lab
