// Labs for tests, and their problems as text.
#pragma once

#include <lab/document.h>
#include <lab/templates.h>

#include <QFile>
#include <QString>
#include <string>
#include <string_view>

namespace samples {

using gatehouse::Checked;
using gatehouse::Error;
using gatehouse::Problem;
using gatehouse::lab::Document;
namespace lab = gatehouse::lab;

inline Checked<Document> parse(std::string text) {
    return Document::parse(std::move(text), "folder/whoami.gatehouse.yaml");
}

inline std::string story() {
    return std::string(lab::templates()[0].text);
}

// "line:column code /field"
inline std::string line(const Problem& problem) {
    const Error& error = problem.error;
    return std::to_string(error.where.line) + ":" + std::to_string(error.where.column) + " " +
           std::string(error.what->code) + " " + error.where.field;
}

inline std::string lines(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& problem : problems)
        out += line(problem) + "\n";
    return out;
}

inline QString shown(const std::vector<Problem>& problems) {
    std::string out;
    for (const Problem& problem : problems)
        out += describe(problem.error) + " -> " + hint(problem.error) + "\n";
    return QString::fromStdString(out);
}

inline std::string file(const char* name) {
    QFile in(QString(GATEHOUSE_TEST_DATA) + "/data/" + name);
    return in.open(QIODevice::ReadOnly) ? in.readAll().toStdString() : std::string();
}

// A lab around the given lines.
inline std::string around(std::string_view lines) {
    return "gatehouse: 1\n" + std::string(lines);
}

} // namespace samples
