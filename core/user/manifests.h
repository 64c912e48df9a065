// Manifests on disk: a file or a folder that is read in place of a lab, and a folder that is written.
#pragma once

#include <kubernetes/kubernetes.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <user/labLoader.h>
#include <vector>

namespace gatehouse::user {

// The YAML and JSON files of a folder and below it, or the one file. Names are relative to the folder.
Result<std::vector<kubernetes::SourceFile>> readSources(const std::string& path);
// "demo" for demo/, demo.yaml and demo.gatehouse.yaml.
std::string nameOfSources(const std::string& path);

// As loadLab: secrets come from the environment, then from the Secrets among the manifests, then are made up.
// Problems are told at the manifests' places.
Checked<LoadedLab> loadManifests(const std::string& path, const std::vector<std::string>& tolerate);

// A lab as manifests, with what the desk finds in it beside what an export does: it holds in the cluster too.
Checked<std::vector<kubernetes::ManifestFile>> makeSet(const std::shared_ptr<const lab::Document>& document,
                                                       const kubernetes::ExportOptions& options,
                                                       SecretStore store = {});
// Which of these names are in the folder already.
std::vector<std::string> filesThere(const std::string& folder,
                                    const std::vector<kubernetes::ManifestFile>& files);
// Writes the set into a folder, which is made: every file or none. Those that hold secrets are 0600 from
// their first byte on.
Result<void> writeSet(const std::string& folder, const std::vector<kubernetes::ManifestFile>& files);

// Has a file or something in a folder changed since one last looked?
class SourceWatch {
public:
    explicit SourceWatch(std::string path);
    bool changed();

private:
    using Mark = std::map<std::string, std::pair<std::uintmax_t, std::int64_t>>; // size and time by name
    Mark look() const;

    std::string path_;
    Mark last_;
};

} // namespace gatehouse::user
