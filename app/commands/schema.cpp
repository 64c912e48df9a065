#include <gate/optionRows.h>
#include <ingress/ingress.h>
#include <lab/schema.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <app/commandLine.h>
#include <app/output.h>
#include <deque>

namespace gatehouse::app {

namespace {

// Names and choices as the schema wants them; the entries point into `texts`.
struct Projection {
    std::deque<std::string> texts;
    std::vector<lab::SchemaEntry> options, annotations, keys;

    std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }
};

// "lax, strict" → "lax|strict"
std::string barred(std::string_view choices) {
    std::string out;
    for (const char c : choices)
        if (c == ',')
            out += '|';
        else if (c != ' ' || !out.ends_with('|'))
            out += c;
    return out;
}

void addOptions(Projection& out) {
    for (const gate::OptionRow& row : gate::options())
        if (!gate::isProcessOption(row.name))
            out.options.push_back({row.name, row.help, row.byDefault, out.keep(barred(row.choices)),
                                   row.support, row.type == gate::OptionType::TextList,
                                   row.type == gate::OptionType::Secret});
}

void addKeys(std::span<const ingress::AnnotationRow> rows, std::string_view prefix,
             std::vector<lab::SchemaEntry>& to, Projection& out) {
    for (const ingress::AnnotationRow& row : rows)
        to.push_back({out.keep(std::string(prefix) + std::string(row.name)), row.help, row.byDefault,
                      out.keep(barred(row.choices)), row.support, false, false});
}

std::string schema() {
    Projection parts;
    addOptions(parts);
    addKeys(ingress::annotations(), "nginx.ingress.kubernetes.io/", parts.annotations, parts);
    addKeys(ingress::configMapKeys(), "", parts.keys, parts);
    return lab::jsonSchema({parts.options, parts.annotations, parts.keys});
}

} // namespace

void addSchema(CLI::App& root, Action& chosen) {
    auto file = std::make_shared<std::string>();
    CLI::App* command = root.add_subcommand(
        "schema", "Write the JSON Schema of labs: editors complete and check by it.\n"
                  "Example: gatehouse schema -o gatehouse.schema.json, and as the lab's first line\n"
                  "  # yaml-language-server: $schema=gatehouse.schema.json");
    command->add_option("-o,--output", *file, "The file; without it the schema goes to standard output");
    command->callback(
        [&chosen, file] { chosen = [file] { return writeOutput(*file, schema() + '\n', true); }; });
}

} // namespace gatehouse::app
