#include <realm/pointer.h>

#include <charconv>
#include <forms/pointer.h>

namespace gatehouse::forms {

namespace {

const Node absent;

const Node& itemAt(const Node& list, std::string_view step) {
    std::size_t index = 0;
    const auto [end, wrong] = std::from_chars(step.data(), step.data() + step.size(), index);
    const bool whole = wrong == std::errc() && end == step.data() + step.size();
    return whole && index < list.size() ? list.items()[index] : absent;
}

} // namespace

const Node& nodeAt(const Node& node, std::string_view path) {
    const Node* at = &node;
    for (const std::string& step : realm::pointerSteps(path))
        at = at->isList() ? &itemAt(*at, step) : &(*at)[step];
    return *at;
}

std::string parentPath(std::string_view path) {
    const auto slash = path.rfind('/');
    return std::string(slash == std::string_view::npos ? std::string_view() : path.substr(0, slash));
}

std::string lastStep(std::string_view path) {
    const auto steps = realm::pointerSteps(path);
    return steps.empty() ? std::string() : steps.back();
}

std::string child(std::string_view path, std::string_view step) {
    return std::string(path) + "/" + realm::pointerStep(step);
}

std::string child(std::string_view path, std::size_t index) {
    return std::string(path) + "/" + std::to_string(index);
}

bool isWithin(std::string_view path, std::string_view holder) {
    return path.starts_with(holder) && (path.size() == holder.size() || path[holder.size()] == '/');
}

} // namespace gatehouse::forms
