#include <algorithm>
#include <cstdlib>
#include <user/labLoader.h>
#include <user/userState.h>

namespace gatehouse::user {

namespace {

std::optional<std::string> environment(std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

void append(std::vector<Problem>& all, std::vector<Problem> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
}

} // namespace

Checked<std::shared_ptr<const lab::Document>> loadDocument(const std::string& file) {
    Checked<std::shared_ptr<const lab::Document>> out;
    auto text = readFile(file);
    if (!text) {
        out.problems.push_back({Problem::Kind::Refused, text.error()});
        return out;
    }
    auto parsed = lab::Document::parse(std::move(*text), file);
    out.problems = std::move(parsed.problems);
    if (parsed.value)
        out.value = std::make_shared<const lab::Document>(std::move(*parsed.value));
    return out;
}

Checked<arrangement::ResolvedSecrets> loadSecrets(const lab::Document& document, SecretStore store) {
    auto seed = userSeed();
    if (!seed)
        return {std::nullopt, {{Problem::Kind::Refused, seed.error()}}};
    arrangement::SecretInput input;
    input.environment = environment;
    input.store = std::move(store);
    input.seed = &*seed;
    return arrangement::resolveSecrets(document, input);
}

Checked<LoadedLab> loadLab(const std::string& file, const std::vector<std::string>& tolerate) {
    Checked<LoadedLab> out;
    auto document = loadDocument(file);
    append(out.problems, std::move(document.problems));
    if (!document.value)
        return out;
    auto loaded = loadLab(std::move(*document.value), {}, tolerate);
    append(out.problems, std::move(loaded.problems));
    out.value = std::move(loaded.value);
    return out;
}

Checked<LoadedLab> loadLab(std::shared_ptr<const lab::Document> document, SecretStore store,
                           const std::vector<std::string>& tolerate) {
    Checked<LoadedLab> out;
    auto secrets = loadSecrets(*document, std::move(store));
    append(out.problems, std::move(secrets.problems));
    if (!secrets.value)
        return out;
    auto compiled = arrangement::compile(std::move(document), secrets.value->source, {tolerate});
    append(out.problems, std::move(compiled.problems));
    if (compiled.value)
        out.value = LoadedLab{std::move(*compiled.value), std::move(secrets.value->origins)};
    return out;
}

} // namespace gatehouse::user
