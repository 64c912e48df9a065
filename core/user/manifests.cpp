#include <lab/document.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>
#include <user/manifests.h>
#include <user/userState.h>

namespace gatehouse::user {

namespace {

namespace fs = std::filesystem;

constexpr Message folderUnread{"folder-not-read", GH_TEXT("core", "{folder} cannot be read"), ""};
constexpr Message tooMany{"folder-too-large", GH_TEXT("core", "{folder} has more than 2000 manifests"),
                          GH_TEXT("core", "name the folder of one set")};
constexpr Message setNotWritten{"set-not-written",
                                GH_TEXT("core", "{file} cannot be written; nothing was changed"),
                                GH_TEXT("core", "look at the folder's rights and free space")};

constexpr std::size_t mostFiles = 2000;

bool isManifest(const fs::path& file) {
    const std::string ending = file.extension().string();
    return ending == ".yaml" || ending == ".yml" || ending == ".json" || file.filename() == "Kustomization";
}

// Relative names in a stable order; folders that begin with a dot are somebody else's (.git).
Result<std::vector<std::string>> namesIn(const std::string& folder) {
    std::vector<std::string> out;
    std::error_code error;
    fs::recursive_directory_iterator each(folder, error);
    for (; !error && each != fs::recursive_directory_iterator(); each.increment(error)) {
        const std::string name = each->path().filename().string();
        if (each->is_directory(error) && name.starts_with('.'))
            each.disable_recursion_pending();
        else if (each->is_regular_file(error) && isManifest(each->path()))
            out.push_back(each->path().lexically_relative(folder).generic_string());
    }
    if (error)
        return fail(folderUnread, {{"folder", folder}}, Place{folder, 0, 0, {}}, error.message());
    if (out.size() > mostFiles)
        return fail(tooMany, {{"folder", folder}}, Place{folder, 0, 0, {}});
    std::ranges::sort(out);
    return out;
}

std::string reason() {
    return std::strerror(errno);
}

// Empty when it is written and flushed.
std::string writeNew(const fs::path& file, std::string_view text, bool secret) {
    const int handle =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, secret ? 0600 : 0666);
    if (handle < 0)
        return reason();
    std::string why;
    while (!text.empty() && why.empty()) {
        const ssize_t count = ::write(handle, text.data(), text.size());
        if (count >= 0)
            text.remove_prefix(static_cast<std::size_t>(count));
        else if (errno != EINTR)
            why = reason();
    }
    if (why.empty() && ::fsync(handle) != 0)
        why = reason();
    if (::close(handle) != 0 && why.empty())
        why = reason();
    return why;
}

// A folder beside the one that is written, gone with this object.
class Staging {
public:
    explicit Staging(const fs::path& folder)
        : path_(folder.parent_path() /
                ("." + folder.filename().string() + ".new-" + std::to_string(::getpid()))) {}
    ~Staging() {
        std::error_code error;
        fs::remove_all(path_, error);
    }
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;

    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

Result<void> moved(const fs::path& from, const fs::path& folder,
                   const std::vector<kubernetes::ManifestFile>& files) {
    std::error_code error;
    if (!fs::exists(folder)) {
        fs::rename(from, folder, error);
        if (error)
            return fail(setNotWritten, {{"file", folder.string()}}, {}, error.message());
        return {};
    }
    for (const kubernetes::ManifestFile& file : files) {
        fs::rename(from / file.name, folder / file.name, error);
        if (error)
            return fail(setNotWritten, {{"file", (folder / file.name).string()}}, {}, error.message());
    }
    return {};
}

// Compile speaks of the lab's text, which nobody has seen: its fields stand in the manifests.
void replaced(std::vector<Problem>& problems, const kubernetes::Imported& imported) {
    for (Problem& problem : problems)
        if (const Place origin = imported.origin(problem.error.where.field); !origin.file.empty())
            problem.error.where = origin;
}

bool sameProblem(const Problem& a, const Problem& b) {
    return a.error.what->code == b.error.what->code && a.error.where == b.error.where;
}

// Rows that are only the desk's own lack ("-not-yet") are none of the set's business.
void addDeskFindings(const std::shared_ptr<const lab::Document>& document,
                     const arrangement::ResolvedSecrets& secrets, std::vector<Problem>& problems) {
    auto compiled = arrangement::compile(document, secrets.source, {});
    for (Problem& problem : compiled.problems) {
        const bool known =
            std::ranges::any_of(problems, [&](const Problem& each) { return sameProblem(each, problem); });
        if (!known && !problem.error.what->code.ends_with("-not-yet"))
            problems.push_back(std::move(problem));
    }
}

} // namespace

Result<std::vector<kubernetes::SourceFile>> readSources(const std::string& path) {
    std::vector<kubernetes::SourceFile> out;
    if (!fs::is_directory(path)) {
        auto text = readFile(path);
        if (!text)
            return std::unexpected(text.error());
        out.push_back({fs::path(path).filename().string(), std::move(*text)});
        return out;
    }
    const auto names = namesIn(path);
    if (!names)
        return std::unexpected(names.error());
    for (const std::string& name : *names) {
        auto text = readFile(fs::path(path) / name);
        if (!text)
            return std::unexpected(text.error());
        out.push_back({name, std::move(*text)});
    }
    return out;
}

std::string nameOfSources(const std::string& path) {
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(path, error);
    fs::path name = (error ? fs::path(path) : whole).filename();
    while (!fs::is_directory(path) && name.has_extension() && !name.stem().empty())
        name = name.stem();
    return name.empty() ? "manifests" : name.string();
}

Checked<LoadedLab> loadManifests(const std::string& path, const std::vector<std::string>& tolerate) {
    Checked<LoadedLab> out;
    const auto sources = readSources(path);
    if (!sources) {
        out.problems.push_back({Problem::Kind::Refused, sources.error()});
        return out;
    }
    auto imported = kubernetes::read(*sources, nameOfSources(path));
    out.problems = std::move(imported.problems);
    if (!imported.value)
        return out;
    auto parsed = lab::Document::parse(imported.value->text, path); // what it says was said by read
    if (!parsed.value)
        return out;
    const auto fromManifests = [&secrets = imported.value->secrets](std::string_view, std::string_view name) {
        const crypto::SecretString* value = secrets.find(name);
        return value == nullptr ? std::nullopt : std::optional(value->clone());
    };
    auto loaded =
        loadLab(std::make_shared<const lab::Document>(std::move(*parsed.value)), fromManifests, tolerate);
    replaced(loaded.problems, *imported.value);
    std::ranges::move(loaded.problems, std::back_inserter(out.problems));
    out.value = std::move(loaded.value);
    return out;
}

Checked<std::vector<kubernetes::ManifestFile>> makeSet(const std::shared_ptr<const lab::Document>& document,
                                                       const kubernetes::ExportOptions& options,
                                                       SecretStore store) {
    auto secrets = loadSecrets(*document, std::move(store));
    if (!secrets.value && options.secretValues)
        return {std::nullopt, std::move(secrets.problems)};
    // Without values a set can be written by whoever lacks them; the desk cannot put the lab together then.
    auto made = kubernetes::write(*document, secrets.value ? secrets.value->source.get() : nullptr, options);
    if (secrets.value)
        addDeskFindings(document, *secrets.value, made.problems);
    std::ranges::stable_sort(made.problems, {}, &Problem::kind);
    if (anyRefused(made.problems))
        made.value.reset();
    return made;
}

std::vector<std::string> filesThere(const std::string& folder,
                                    const std::vector<kubernetes::ManifestFile>& files) {
    std::vector<std::string> out;
    for (const kubernetes::ManifestFile& file : files)
        if (fs::exists(fs::symlink_status(fs::path(folder) / file.name)))
            out.push_back(file.name);
    return out;
}

Result<void> writeSet(const std::string& folder, const std::vector<kubernetes::ManifestFile>& files) {
    std::error_code error;
    fs::path target = fs::absolute(folder, error).lexically_normal();
    if (!target.has_filename()) // "set/" is "set"
        target = target.parent_path();
    const Staging staging(target);
    fs::create_directories(target.parent_path(), error);
    if (error || !fs::create_directory(staging.path(), error))
        return fail(setNotWritten, {{"file", target.string()}}, {}, error.message());
    for (const kubernetes::ManifestFile& file : files)
        if (const std::string why = writeNew(staging.path() / file.name, file.text, file.secret);
            !why.empty())
            return fail(setNotWritten, {{"file", (target / file.name).string()}}, {}, why);
    return moved(staging.path(), target, files);
}

SourceWatch::SourceWatch(std::string path) : path_(std::move(path)), last_(look()) {}

SourceWatch::Mark SourceWatch::look() const {
    Mark out;
    const auto add = [&out](const std::string& name, const fs::path& file) {
        std::error_code error;
        const auto size = fs::file_size(file, error);
        const auto time = fs::last_write_time(file, error);
        if (!error)
            out[name] = {size, time.time_since_epoch().count()};
    };
    if (!fs::is_directory(path_))
        add(path_, path_);
    else if (const auto names = namesIn(path_))
        for (const std::string& name : *names)
            add(name, fs::path(path_) / name);
    return out;
}

bool SourceWatch::changed() {
    Mark now = look();
    if (now.empty() || now == last_)
        return false;
    last_ = std::move(now);
    return true;
}

} // namespace gatehouse::user
