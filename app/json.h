// What programs read on standard output. Every text has a `version`; a new one means that a member has
// changed its meaning, more members may come without.
#pragma once

#include <base/error.h>
#include <kubernetes/kubernetes.h>

#include <app/doctor.h>
#include <app/vocabulary.h>
#include <string>
#include <vector>

namespace gatehouse::app {

// {version, file, ok, problems: [{kind, code, file, line, column, field, text, hint}]}
std::string problemsJson(const std::string& file, bool ok, const std::vector<Problem>& problems);
// {version, folder, ok, files: [{name, secret}], problems: […]}
std::string setJson(const std::string& folder, bool ok, const std::vector<kubernetes::ManifestFile>* files,
                    const std::vector<Problem>& problems);
// {version, asked, entries: [{kind, name, alsoAs, text, …facts}], nearest: […]}
std::string entriesJson(std::string_view asked, const std::vector<const Entry*>& entries,
                        const std::vector<std::string_view>& nearest);
// {version, ok, findings: [{id, state, what, cure}]}
std::string findingsJson(const std::vector<Finding>& findings);
// {version, templates: [{name, description}]}
std::string templatesJson();

std::string_view kindName(Problem::Kind kind); // "error", "warning", "difference"

} // namespace gatehouse::app
