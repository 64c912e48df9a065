#include <base/ascii.h>
#include <rehearsal/page.h>

#include <algorithm>
#include <gumbo.h>

namespace gatehouse::rehearsal {

namespace {

std::string attribute(const GumboElement& element, const char* name) {
    const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
    return found == nullptr ? std::string() : std::string(found->value);
}

bool has(const GumboElement& element, const char* name) {
    return gumbo_get_attribute(&element.attributes, name) != nullptr;
}

void appendFolded(std::string& out, std::string_view text) {
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
        if (!blank)
            out.push_back(c);
        else if (!out.empty() && out.back() != ' ')
            out.push_back(' ');
    }
}

bool isHidden(GumboTag tag) {
    return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_TEMPLATE ||
           tag == GUMBO_TAG_NOSCRIPT;
}

// A page nests some ten deep; a hostile one must not exhaust the stack.
constexpr int deepest = 512;

void collectText(const GumboNode& node, std::string& out, int depth) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA) {
        appendFolded(out, node.v.text.text);
        return;
    }
    if (node.type != GUMBO_NODE_ELEMENT || isHidden(node.v.element.tag) || depth > deepest)
        return;
    const GumboVector& children = node.v.element.children;
    for (unsigned i = 0; i < children.length; ++i)
        collectText(*static_cast<const GumboNode*>(children.data[i]), out, depth + 1);
    if (!out.empty() && out.back() != ' ')
        out.push_back(' ');
}

std::string textOf(const GumboNode& node) {
    std::string out;
    collectText(node, out, 0);
    return std::string(trim(out));
}

// Keycloak's two themes and oauth2-proxy's pages mark what they have to say in these ways (keycloak.md 2.2).
bool isMessage(const GumboElement& element) {
    const std::string id = attribute(element, "id");
    if (id.starts_with("input-error-container"))
        return false; // holds the message's own element
    if (id.starts_with("input-error") || id == "kc-error-message" || id == "kc-info-message")
        return true;
    const std::string classes = attribute(element, "class");
    return attribute(element, "role") == "alert" || classes.find("alert__title") != std::string::npos ||
           classes.find("kc-feedback-text") != std::string::npos;
}

class Reader {
public:
    explicit Reader(Page& page) : page_(page) {}

    void read(const GumboNode& node, int depth = 0) {
        if (node.type != GUMBO_NODE_ELEMENT || depth > deepest)
            return;
        const GumboElement& element = node.v.element;
        const std::size_t outer = form_;
        if (element.tag == GUMBO_TAG_FORM)
            form_ = beginForm(element);
        readElement(node, element);
        for (unsigned i = 0; i < element.children.length; ++i)
            read(*static_cast<const GumboNode*>(element.children.data[i]), depth + 1);
        form_ = outer;
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::size_t beginForm(const GumboElement& element) {
        Form form;
        form.id = attribute(element, "id");
        form.action = attribute(element, "action");
        if (has(element, "method"))
            form.method = lower(attribute(element, "method"));
        page_.facts.formIds.push_back(form.id);
        page_.forms.push_back(std::move(form));
        return page_.forms.size() - 1;
    }

    void readInput(const GumboElement& element) {
        if (form_ == none)
            return;
        Input input;
        input.id = attribute(element, "id");
        input.name = attribute(element, "name");
        if (has(element, "type"))
            input.type = lower(attribute(element, "type"));
        else if (element.tag == GUMBO_TAG_BUTTON)
            input.type = "submit";
        input.value = attribute(element, "value");
        input.checked = has(element, "checked");
        page_.forms[form_].inputs.push_back(std::move(input));
    }

    void readElement(const GumboNode& node, const GumboElement& element) {
        const std::string id = attribute(element, "id");
        if (element.tag == GUMBO_TAG_TITLE)
            page_.facts.title = textOf(node);
        else if (element.tag == GUMBO_TAG_BODY && has(element, "data-page-id"))
            page_.facts.pageId = attribute(element, "data-page-id");
        else if (element.tag == GUMBO_TAG_IMG)
            page_.images.push_back(attribute(element, "src"));
        else if (element.tag == GUMBO_TAG_INPUT || element.tag == GUMBO_TAG_BUTTON)
            readInput(element);
        if (id == "kc-page-title" || (element.tag == GUMBO_TAG_H1 && page_.facts.heading.empty()))
            page_.facts.heading = textOf(node);
        if (id == "totpSecret")
            page_.totpSecret = attribute(element, "value");
        if (id == "kc-totp-secret-key")
            page_.otpauthKey = textOf(node);
        if (isMessage(element))
            if (std::string said = textOf(node); !said.empty())
                page_.facts.messages.push_back(std::move(said));
    }

    Page& page_;
    std::size_t form_ = none;
};

} // namespace

const Input* Form::field(std::string_view name) const {
    const auto found = std::find_if(inputs.begin(), inputs.end(), [&](const Input& input) {
        return input.name == name && input.type != "hidden" && input.type != "submit";
    });
    return found == inputs.end() ? nullptr : &*found;
}

const Form* Page::form(std::string_view id) const {
    const auto found =
        std::find_if(forms.begin(), forms.end(), [&](const Form& form) { return form.id == id; });
    return found == forms.end() ? nullptr : &*found;
}

Page parsePage(std::string_view html) {
    Page page;
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    GumboOutput* output = gumbo_parse_with_options(&options, html.data(), html.size());
    Reader(page).read(*output->root);
    page.facts.text = textOf(*output->root);
    gumbo_destroy_output(&options, output);
    return page;
}

} // namespace gatehouse::rehearsal
