// A lab's text is read or refused; an edit of it is exact or refused; our own YAML comes back as it was.
#include <lab/document.h>
#include <lab/yamlText.h>

#include <cstdint>
#include <cstdlib>

using namespace gatehouse;

namespace {

void edit(const lab::Document& document, std::string_view path, const Node& value) {
    const auto edited = document.with(path, value);
    if (edited && !(edited->root()["name"] == value))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const lab::YamlReading reading = lab::readYaml(text, "lab.yaml");
    if (reading.value && reading.problems.empty()) {
        const lab::YamlReading again = lab::readYaml(lab::writeYaml(reading.value->root), "lab.yaml");
        if (!again.value || !(again.value->root == reading.value->root))
            std::abort();
    }
    const auto checked = lab::Document::parse(text, "lab.yaml");
    if (checked.value.has_value() == anyRefused(checked.problems))
        std::abort();
    if (checked.value) {
        edit(*checked.value, "/name", Node::scalar("no", true));
        edit(*checked.value, "/name", Node::scalar(text.substr(0, text.find('\n')), true));
    }
    return 0;
}
