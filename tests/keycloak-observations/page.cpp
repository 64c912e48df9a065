#include "page.h"

#include <base/ascii.h>

#include <gumbo.h>
#include <vector>

namespace gatehouse::observations {
namespace {

using Json = nlohmann::ordered_json;

std::string attribute(const GumboNode* node, const char* name) {
    const auto* found = gumbo_get_attribute(&node->v.element.attributes, name);
    if (found == nullptr)
        return "";
    // A NUL comes back as U+FFFD (HTML 13.2.5); the record's reader kept it.
    std::string out = found->value;
    for (auto at = out.find("\xEF\xBF\xBD"); at != std::string::npos; at = out.find("\xEF\xBF\xBD"))
        out.replace(at, 3, 1, '\0');
    return out;
}

bool has(const GumboNode* node, const char* name) {
    return gumbo_get_attribute(&node->v.element.attributes, name) != nullptr;
}

void appendText(const GumboNode* node, std::string& out) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
        out += node->v.text.text;
    if (node->type != GUMBO_NODE_ELEMENT || node->v.element.tag == GUMBO_TAG_SCRIPT ||
        node->v.element.tag == GUMBO_TAG_STYLE)
        return;
    for (unsigned i = 0; i < node->v.element.children.length; ++i)
        appendText(static_cast<const GumboNode*>(node->v.element.children.data[i]), out);
    if (node->v.element.tag == GUMBO_TAG_BR)
        out += ' ';
}

std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!blank)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (out.ends_with(' '))
        out.pop_back();
    return out;
}

std::string textOf(const GumboNode* node) {
    std::string out;
    appendText(node, out);
    return squeezed(out);
}

bool isMessage(const GumboNode* node) {
    const std::string id = attribute(node, "id"), kind = attribute(node, "class");
    const bool byId =
        (id.starts_with("input-error") && !id.starts_with("input-error-container")) ||
        id == "kc-error-message" || id == "kc-info-message" || id == "kc-logout-confirm" ||
        (id.starts_with("kc-totp-") && id != "kc-totp-settings" && id != "kc-totp-settings-form" &&
         id != "kc-totp-supported-apps" && id != "kc-totp-secret-qr-code");
    return byId || kind.find("kc-feedback-text") != std::string::npos ||
           kind.find("alert__title") != std::string::npos || kind.find("instruction") != std::string::npos;
}

class Reader {
public:
    Json facts = Json::object();

    void walk(const GumboNode* node) {
        if (node->type != GUMBO_NODE_ELEMENT)
            return;
        element(node);
        for (unsigned i = 0; i < node->v.element.children.length; ++i)
            walk(static_cast<const GumboNode*>(node->v.element.children.data[i]));
    }

private:
    void element(const GumboNode* node) {
        const auto tag = node->v.element.tag;
        const std::string id = attribute(node, "id");
        if (has(node, "id"))
            facts["ids"].push_back(id);
        if (tag == GUMBO_TAG_HTML)
            facts["html"] = attributes(node, {"lang", "dir"});
        if (tag == GUMBO_TAG_BODY)
            facts["body"] = attributes(node, {"id", "data-page-id"});
        if (tag == GUMBO_TAG_TITLE)
            facts["title"] = textOf(node);
        if (id == "kc-page-title")
            facts["heading"] = textOf(node);
        if (id == "kc-header-wrapper")
            facts["header"] = textOf(node);
        if (id == "kc-attempted-username")
            facts["attempted_username"] = has(node, "value") ? attribute(node, "value") : textOf(node);
        if (isMessage(node))
            facts["messages"].push_back({{"id", id}, {"text", textOf(node)}});
        if (tag == GUMBO_TAG_A && has(node, "href"))
            facts["links"].push_back({{"id", id}, {"href", attribute(node, "href")}, {"text", textOf(node)}});
        if (attribute(node, "onclick").starts_with("location"))
            facts["onclick"].push_back({{"id", id}, {"onclick", attribute(node, "onclick")}});
        if (tag == GUMBO_TAG_IMG)
            facts["images"].push_back({{"id", id}, {"src", attribute(node, "src")}});
        if (tag == GUMBO_TAG_FORM)
            form(node);
        if (tag == GUMBO_TAG_SCRIPT && node->v.element.children.length > 0)
            script(static_cast<const GumboNode*>(node->v.element.children.data[0]));
    }

    static Json attributes(const GumboNode* node, std::initializer_list<const char*> names) {
        Json out = Json::object();
        for (const auto* name : names)
            if (has(node, name))
                out[name] = attribute(node, name);
        return out;
    }

    void form(const GumboNode* node) {
        Json out = attributes(node, {"id", "action", "method", "onsubmit"});
        out["fields"] = Json::array();
        fields(node, out["fields"]);
        facts["forms"].push_back(std::move(out));
    }

    void fields(const GumboNode* node, Json& out) {
        if (node->type != GUMBO_NODE_ELEMENT)
            return;
        const auto tag = node->v.element.tag;
        if (tag == GUMBO_TAG_INPUT || tag == GUMBO_TAG_BUTTON || tag == GUMBO_TAG_SELECT) {
            Json field{{"tag", gumbo_normalized_tagname(tag)}};
            field.update(attributes(node, {"type", "name", "id", "value", "autocomplete", "autofocus",
                                           "checked", "required", "aria-invalid", "inputmode"}));
            if (tag == GUMBO_TAG_BUTTON)
                field["text"] = textOf(node);
            out.push_back(std::move(field));
        }
        for (unsigned i = 0; i < node->v.element.children.length; ++i)
            fields(static_cast<const GumboNode*>(node->v.element.children.data[i]), out);
    }

    // Calls at the start of a line: their definitions stand elsewhere.
    void script(const GumboNode* node) {
        const std::string_view text = node->v.text.text;
        for (const auto line : split(text, '\n'))
            for (const std::string_view call : {"startSessionPolling(\"", "checkAuthSession(\""})
                if (const auto at = line.starts_with(call) ? 0 : line.rfind(";" + std::string(call));
                    at != std::string_view::npos) {
                    const auto start = line.find('"', at) + 1;
                    facts["session_scripts"].push_back(
                        {std::string(call.substr(0, call.find('('))),
                         std::string(line.substr(start, line.find('"', start) - start))});
                }
    }
};

} // namespace

Json pageFacts(std::string_view html) {
    const std::string text(html);
    GumboOutput* parsed = gumbo_parse_with_options(&kGumboDefaultOptions, text.data(), text.size());
    Reader reader;
    reader.walk(parsed->root);
    gumbo_destroy_output(&kGumboDefaultOptions, parsed);
    return std::move(reader.facts);
}

} // namespace gatehouse::observations
