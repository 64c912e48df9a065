#include <lab/templates.h>

#include <app/json.h>
#include <nlohmann/json.hpp>

namespace gatehouse::app {

namespace {

using Json = nlohmann::ordered_json;

// Bytes that are no UTF-8 (a lab may hold any) are replaced, so that the text is always JSON.
std::string written(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

// "when empty" → "whenEmpty"
std::string memberName(std::string_view label) {
    std::string out;
    bool upper = false;
    for (const char c : label) {
        if (c == ' ') {
            upper = true;
            continue;
        }
        out += upper ? static_cast<char>(c - 'a' + 'A') : c;
        upper = false;
    }
    return out;
}

std::string_view shortName(Kind kind) {
    return kindNames()[static_cast<std::size_t>(kind)].name;
}

Json problemJson(const Problem& problem) {
    Json out;
    out["kind"] = kindName(problem.kind);
    out["code"] = problem.error.what->code;
    out["file"] = problem.error.where.file;
    out["line"] = problem.error.where.line;
    out["column"] = problem.error.where.column;
    out["field"] = problem.error.where.field;
    out["text"] = text(problem.error);
    out["hint"] = hint(problem.error);
    if (!problem.error.technical.empty())
        out["technical"] = problem.error.technical;
    return out;
}

Json entryJson(const Entry& entry) {
    Json out;
    out["kind"] = shortName(entry.kind);
    out["name"] = entry.name;
    out["alsoAs"] = entry.alsoAs;
    out["text"] = entry.text;
    for (const auto& [label, value] : entry.facts)
        out[memberName(label)] = value;
    return out;
}

} // namespace

std::string_view kindName(Problem::Kind kind) {
    switch (kind) {
    case Problem::Kind::Refused:
        return "error";
    case Problem::Kind::Warning:
        return "warning";
    case Problem::Kind::Difference:
        return "difference";
    }
    return "";
}

std::string problemsJson(const std::string& file, bool ok, const std::vector<Problem>& problems) {
    Json out{{"version", 1}, {"file", file}, {"ok", ok}, {"problems", Json::array()}};
    for (const Problem& problem : problems)
        out["problems"].push_back(problemJson(problem));
    return written(out);
}

std::string setJson(const std::string& folder, bool ok, const std::vector<kubernetes::ManifestFile>* files,
                    const std::vector<Problem>& problems) {
    Json out = {{"version", 1}, {"folder", folder}, {"ok", ok}, {"files", Json::array()}};
    if (files != nullptr)
        for (const kubernetes::ManifestFile& file : *files)
            out["files"].push_back({{"name", file.name}, {"secret", file.secret}});
    out["problems"] = Json::array();
    for (const Problem& problem : problems)
        out["problems"].push_back(problemJson(problem));
    return written(out);
}

std::string entriesJson(std::string_view asked, const std::vector<const Entry*>& entries,
                        const std::vector<std::string_view>& nearest) {
    Json out{{"version", 1}, {"asked", asked}, {"entries", Json::array()}, {"nearest", nearest}};
    for (const Entry* entry : entries)
        out["entries"].push_back(entryJson(*entry));
    return written(out);
}

std::string findingsJson(const std::vector<Finding>& findings) {
    Json out{{"version", 1}, {"ok", allWell(findings)}, {"findings", Json::array()}};
    for (const Finding& finding : findings)
        out["findings"].push_back({{"id", finding.id},
                                   {"state", name(finding.state)},
                                   {"what", finding.what},
                                   {"cure", finding.cure}});
    return written(out);
}

std::string templatesJson() {
    Json out{{"version", 1}, {"templates", Json::array()}};
    for (const lab::Template& one : lab::templates())
        out["templates"].push_back({{"name", one.name}, {"description", one.description}});
    return written(out);
}

} // namespace gatehouse::app
