// The steps of compile(), each of which looks at one part of the lab and reports all that is wrong there.
// Private to this room.
#pragma once

#include <arrangement/arrangement.h>

#include <functional>
#include <vector>

namespace gatehouse::arrangement {

class Compiler {
public:
    Compiler(std::shared_ptr<const lab::Document> document,
             std::shared_ptr<const crypto::SecretSource> secrets);

    void listeners();
    void providers();
    void gates();
    void services();
    void ingress();
    void names();      // who answers under which host name
    void routes();     // does what has to be reachable get reached
    void rehearsals(); // users and addresses they speak of
    void limits();     // what a cluster has and this run will not show

    Checked<std::shared_ptr<const Arrangement>> finish(const CompileOptions& options);

private:
    const lab::Lab& lab() const { return document_->lab(); }
    std::function<Place(FieldId)> place() const;
    void report(Problem::Kind kind, const Message& message, std::map<std::string, std::string> args,
                FieldId from);
    void take(std::vector<Problem> problems);
    Backend backendOf(const lab::Service& service);
    bool certificateCovers(std::string_view host) const;

    std::shared_ptr<const lab::Document> document_;
    std::shared_ptr<const crypto::SecretSource> secrets_;
    std::shared_ptr<Arrangement> out_ = std::make_shared<Arrangement>();
    std::vector<Problem> problems_;
};

} // namespace gatehouse::arrangement
