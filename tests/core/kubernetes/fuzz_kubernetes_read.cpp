// Whatever is read: a lab that its own reader takes, or a refusal; and what was read can be written and read.
#include <kubernetes/kubernetes.h>

#include <cstdint>
#include <cstdlib>

using namespace gatehouse;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto imported = kubernetes::read({{"in.yaml", text}}, "in");
    if (imported.value.has_value() == anyRefused(imported.problems))
        std::abort();
    if (!imported.value)
        return 0;
    const auto document = lab::Document::parse(imported.value->text, "in.gatehouse.yaml");
    if (!document.value)
        std::abort();
    const auto written = kubernetes::write(*document.value, nullptr, {});
    if (!written.value)
        return 0;
    std::vector<kubernetes::SourceFile> files;
    for (const kubernetes::ManifestFile& file : *written.value)
        files.push_back({file.name, file.text});
    if (!kubernetes::read(files, "again").value)
        std::abort();
    return 0;
}
