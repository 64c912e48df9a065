#include <lab/document.h>
#include <lab/wholeFile.h>

namespace gatehouse::lab {

namespace {

constexpr Message cannotSave{
    "cannot-save", GH_TEXT("core", "cannot write {file}"),
    GH_TEXT("core", "the old file is as it was; look at the folder's rights and free space")};

} // namespace

Result<void> saveWhole(const std::string& path, std::string_view text) {
    if (const std::string reason = writeWholeFile(path, text); !reason.empty())
        return fail(cannotSave, {{"file", path}}, Place{path, 0, 0, {}}, reason);
    return {};
}

} // namespace gatehouse::lab
