#include <arrangement/arrangement.h>
#include <arrangement/compiler.h>

#include <algorithm>

namespace gatehouse::arrangement {

Checked<std::shared_ptr<const Arrangement>> compile(std::shared_ptr<const lab::Document> document,
                                                    std::shared_ptr<const crypto::SecretSource> secrets,
                                                    const CompileOptions& options) {
    Compiler compiler(std::move(document), std::move(secrets));
    compiler.listeners();
    compiler.providers();
    compiler.gates();
    compiler.services();
    compiler.ingress();
    compiler.names();
    compiler.routes();
    compiler.rehearsals();
    compiler.limits();
    return compiler.finish(options);
}

namespace {

// The codes with which tables refuse what is known and not built.
bool isNotYet(const Error& error) {
    return error.what->code.ends_with("-not-yet");
}

void tolerate(std::vector<Problem>& problems, const std::vector<std::string>& names) {
    for (Problem& problem : problems) {
        if (problem.kind != Problem::Kind::Refused || !isNotYet(problem.error))
            continue;
        const auto name = problem.error.args.find("name");
        if (name != problem.error.args.end() &&
            std::find(names.begin(), names.end(), name->second) != names.end())
            problem.kind = Problem::Kind::Warning;
    }
}

} // namespace

Checked<std::shared_ptr<const Arrangement>> Compiler::finish(const CompileOptions& options) {
    problems_.insert(problems_.end(), lab().notYet.begin(), lab().notYet.end());
    tolerate(problems_, options.tolerate);
    const auto lineOf = [](const Problem& problem) { return problem.error.where.line; };
    std::stable_sort(problems_.begin(), problems_.end(),
                     [&](const Problem& a, const Problem& b) { return lineOf(a) < lineOf(b); });
    Checked<std::shared_ptr<const Arrangement>> checked;
    if (!anyRefused(problems_)) {
        out_->document = document_;
        out_->name = lab().name;
        out_->secrets = secrets_;
        out_->trust = lab().trust;
        checked.value = out_;
    }
    checked.problems = std::move(problems_);
    return checked;
}

} // namespace gatehouse::arrangement
