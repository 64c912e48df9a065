// From a lab file to something that runs, with everything that is wrong told at once.
#pragma once

#include <arrangement/arrangement.h>
#include <arrangement/secrets.h>

#include <memory>
#include <string>
#include <vector>

namespace gatehouse::user {

struct LoadedLab {
    std::shared_ptr<const arrangement::Arrangement> arrangement;
    std::vector<arrangement::ResolvedSecret> secrets;
};

// `value` is empty when something was refused; problems are in the order of the file.
Checked<LoadedLab> loadLab(const std::string& file, const std::vector<std::string>& tolerate);
// The document alone: for commands that only read it.
Checked<std::shared_ptr<const lab::Document>> loadDocument(const std::string& file);
// `store` has what a person typed in for this lab, or what manifests hold; empty: the command line, which has
// none.
using SecretStore =
    std::function<std::optional<crypto::SecretString>(std::string_view lab, std::string_view name)>;
Checked<arrangement::ResolvedSecrets> loadSecrets(const lab::Document& document, SecretStore store = {});
// From a document that is there.
Checked<LoadedLab> loadLab(std::shared_ptr<const lab::Document> document, SecretStore store,
                           const std::vector<std::string>& tolerate);

} // namespace gatehouse::user
