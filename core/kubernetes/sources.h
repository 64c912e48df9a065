// The texts of manifests as Nodes, each of which knows where it stands. YAML is read by yaml-cpp and resolved
// here (aliases, <<, several documents), JSON by realm's strict reader.
#pragma once

#include <base/error.h>
#include <base/node.h>
#include <kubernetes/kubernetes.h>

#include <string>
#include <vector>

namespace gatehouse::kubernetes {

class Sources {
public:
    struct Text {
        std::string file;
        Node root;
    };

    // Appends the documents of a file. A file that cannot be read is one problem and no documents.
    void add(const SourceFile& file, std::vector<Problem>& problems);
    const std::vector<Text>& documents() const { return documents_; }

    Place place(FieldId id) const;    // of a value; unknown ids give an empty Place
    Place keyPlace(FieldId id) const; // of its key, where it has one
    // A node made by conversion stands where another one does.
    FieldId remember(Place value, Place key);

private:
    struct Spot {
        Place value;
        Place key;
    };
    std::vector<Spot> spots_; // FieldId.index - 1
    std::vector<Text> documents_;
};

} // namespace gatehouse::kubernetes
