#include <realm/builtIns.h>

#include <algorithm>
#include <array>
#include <forms/objects.h>
#include <forms/pointer.h>

namespace gatehouse::forms {

namespace {

// What names an object, the most telling first.
constexpr std::array naming{"/realm", "/clientId", "/username", "/name", "/host", "/path", "/as"};

std::string textAt(const Node& node, std::string_view path) {
    const Node& value = nodeAt(node, path);
    return value.isScalar() ? value.text() : std::string();
}

std::string joined(const Node& list) {
    std::string out;
    for (const Node& item : list.items())
        if (item.isScalar())
            out += (out.empty() ? "" : ", ") + item.text();
    return out;
}

void addObject(LabObject& holder, const Node& root, std::string path, const ObjectType& type,
               const Collection* collection);

void addList(LabObject& holder, const Node& root, const std::string& object, const Collection& collection) {
    LabObject list{object + collection.path, nullptr, &collection, {}, {}, {}};
    const Node& items = nodeAt(root, list.path);
    for (std::size_t i = 0; items.isList() && i < items.size(); ++i)
        addObject(list, root, child(list.path, i), objectType(collection.item), &collection);
    holder.inside.push_back(std::move(list));
}

void addInside(LabObject& object, const Node& root) {
    for (const Page& page : object.type->pages)
        object.inside.push_back(
            {object.path, object.type, nullptr, page.section, std::string(page.label), {}});
    for (const Collection& collection : object.type->collections) {
        if (collection.single)
            addObject(object, root, object.path + collection.path, objectType(collection.item), &collection);
        else
            addList(object, root, object.path, collection);
    }
}

void addObject(LabObject& holder, const Node& root, std::string path, const ObjectType& type,
               const Collection* collection) {
    LabObject out{std::move(path), &type, collection, {}, {}, {}};
    out.title = collection != nullptr && collection->single ? std::string(collection->label)
                                                            : titleOf(type, nodeAt(root, out.path));
    addInside(out, root);
    holder.inside.push_back(std::move(out));
}

} // namespace

LabObject objectsOf(const Node& root) {
    LabObject out{"", &objectType("lab"), nullptr, {}, "Lab", {}};
    addInside(out, root);
    return out;
}

std::string titleOf(const ObjectType& type, const Node& object) {
    if (type.id == "realm/credential") {
        const std::string label = textAt(object, "/userLabel"), kind = textAt(object, "/type");
        return (kind.empty() ? "password" : kind) + (label.empty() ? "" : " (" + label + ")");
    }
    if (type.id == "lab/rehearsals/*") {
        const std::string who = textAt(object, "/as");
        return (who.empty() ? "nobody" : who) + " → " + textAt(object, "/url");
    }
    if (type.id == "lab/ingresses/*/tls/*")
        return joined(object["hosts"]);
    if (type.id == "lab/ingresses/*/rules/*" && textAt(object, "/host").empty())
        return "any host";
    for (const char* path : naming)
        if (type.field(path) != nullptr)
            if (std::string text = textAt(object, path); !text.empty())
                return text;
    return "?";
}

const FieldSpec* namingField(const ObjectType& type) {
    for (const char* path : {"/realm", "/clientId", "/username", "/name"})
        if (const FieldSpec* field = type.field(path); field != nullptr && field->required)
            return field;
    return nullptr;
}

namespace {

// Every object of a type, wherever it stands.
void collect(const LabObject& at, std::string_view type, std::vector<const LabObject*>& out) {
    if (at.type != nullptr && at.type->id == type && at.section.empty())
        out.push_back(&at);
    for (const LabObject& inside : at.inside)
        collect(inside, type, out);
}

class Survey {
public:
    explicit Survey(const Node& root) : root_(root), objects_(objectsOf(root)) {}

    std::vector<const LabObject*> all(std::string_view type, std::string_view within = {}) const {
        std::vector<const LabObject*> out;
        collect(objects_, type, out);
        std::erase_if(out, [within](const LabObject* each) { return !isWithin(each->path, within); });
        return out;
    }
    std::string text(const LabObject& object, std::string_view path) const {
        return textAt(root_, object.path + std::string(path));
    }
    const Node& node(const LabObject& object, std::string_view path) const {
        return nodeAt(root_, object.path + std::string(path));
    }
    std::vector<std::string> texts(std::string_view type, std::string_view path,
                                   std::string_view within = {}) const {
        std::vector<std::string> out;
        for (const LabObject* each : all(type, within))
            if (std::string value = text(*each, path);
                !value.empty() && std::ranges::find(out, value) == out.end())
                out.push_back(std::move(value));
        return out;
    }
    // "/parent/child"
    std::string groupPath(const LabObject& group) const {
        std::string out;
        for (std::string at = group.path; objectTypeIs(at, "realm/group"); at = parentPath(parentPath(at)))
            out = "/" + textAt(root_, at + "/name") + out;
        return out;
    }
    static bool objectTypeIs(const std::string& path, std::string_view type) {
        const Located at = locate(path);
        return at.type->id == type && at.object == path;
    }

private:
    const Node& root_;
    LabObject objects_;
};

// "/providers/0/realms/1" of anything inside; of anything else all realms.
std::string realmAround(std::string_view path) {
    std::string at(path);
    while (!at.empty() && !Survey::objectTypeIs(at, "realm/realm"))
        at = parentPath(at);
    return at;
}

std::vector<std::string> builtInScopes() {
    std::vector<std::string> out;
    for (const auto names : {realm::builtInDefaultScopes(), realm::builtInOptionalScopes()})
        out.insert(out.end(), names.begin(), names.end());
    return out;
}

std::vector<std::string> with(std::vector<std::string> first, const std::vector<std::string>& more) {
    for (const std::string& each : more)
        if (std::ranges::find(first, each) == first.end())
            first.push_back(each);
    return first;
}

} // namespace

std::vector<std::string> offersOf(const Node& root, std::string_view object, std::string_view what) {
    const Survey survey(root);
    const std::string realm = realmAround(object);
    if (what == "gates")
        return survey.texts("lab/gates/*", "/name");
    if (what == "services")
        return survey.texts("lab/services/*", "/name");
    if (what == "hosts")
        return survey.texts("lab/ingresses/*/rules/*", "/host");
    if (what == "users")
        return survey.texts("realm/user", "/username");
    if (what == "clients")
        return survey.texts("realm/client", "/clientId", realm);
    if (what == "realm roles")
        return survey.texts("realm/role", "/name", realm);
    if (what == "outcomes")
        return {"allowed", "denied", "failed"};
    if (what == "required actions")
        return {"CONFIGURE_TOTP", "UPDATE_PASSWORD", "UPDATE_PROFILE", "VERIFY_PROFILE",
                "TERMS_AND_CONDITIONS"};
    if (what == "user attributes")
        return {"username", "email", "firstName", "lastName", "emailVerified"};
    if (what == "scopes")
        return with(builtInScopes(), survey.texts("realm/scope", "/name", realm));
    std::vector<std::string> out;
    if (what == "urls")
        for (const std::string& host : survey.texts("lab/ingresses/*/rules/*", "/host"))
            out.push_back("https://" + host + "/");
    if (what == "groups")
        for (const LabObject* group : survey.all("realm/group", realm))
            out.push_back(survey.groupPath(*group));
    return out;
}

namespace {

class Uses {
public:
    Uses(const Node& root, std::string_view object) : survey_(root), object_(object), at_(locate(object)) {}

    std::vector<Use> all() {
        const std::string_view type = at_.type->id;
        const LabObject self{std::string(object_), at_.type, nullptr, {}, {}, {}};
        if (type == "lab/gates/*")
            scalars("lab/services/*", "/runs/gate", survey_.text(self, "/name"));
        else if (type == "lab/services/*")
            services(self);
        else if (type == "realm/user")
            scalars("lab/rehearsals/*", "/as", survey_.text(self, "/username"));
        else if (type == "realm/client")
            scalars("lab/gates/*", "/options/client-id", survey_.text(self, "/clientId"));
        else if (type == "realm/group")
            inLists("realm/user", "/groups", survey_.groupPath(self));
        else if (type == "realm/scope")
            scopes(survey_.text(self, "/name"));
        else if (type == "realm/role")
            roles(survey_.text(self, "/name"));
        else if (type == "lab/providers/*" || type == "realm/realm")
            issuers(self);
        return std::move(out_);
    }

private:
    void add(const LabObject& user, std::string_view path) {
        if (!isWithin(user.path, object_))
            out_.push_back({user.path + std::string(path), std::string(user.type->label) + " " + user.title});
    }
    void scalars(std::string_view type, std::string_view path, const std::string& value) {
        for (const LabObject* each : survey_.all(type))
            if (!value.empty() && survey_.text(*each, path) == value)
                add(*each, path);
    }
    void inLists(std::string_view type, std::string_view path, const std::string& value) {
        for (const LabObject* each : survey_.all(type, realmAround(object_)))
            for (const Node& item : survey_.node(*each, path).items())
                if (item.isScalar() && item.text() == value)
                    add(*each, path);
    }
    void services(const LabObject& self) {
        const std::string path = "/backend/service/name";
        for (const LabObject* each : survey_.all("lab/ingresses/*/rules/*/http/paths/*"))
            if (survey_.text(*each, path) == survey_.text(self, "/name"))
                add(*each, path);
        scalars("lab/ingresses/*", "/defaultBackend/service/name", survey_.text(self, "/name"));
    }
    void scopes(const std::string& name) {
        inLists("realm/client", "/defaultClientScopes", name);
        inLists("realm/client", "/optionalClientScopes", name);
    }
    void roles(const std::string& name) {
        inLists("realm/user", "/realmRoles", name);
        inLists("realm/group", "/realmRoles", name);
    }
    void issuers(const LabObject& self) {
        const bool realm = at_.type->id == "realm/realm";
        const std::string provider = realm ? parentPath(parentPath(self.path)) : self.path;
        const LabObject holder{provider, nullptr, nullptr, {}, {}, {}};
        std::string issuer = survey_.text(holder, "/url") + "/realms/";
        if (realm)
            issuer += survey_.text(self, "/realm");
        for (const LabObject* gate : survey_.all("lab/gates/*"))
            if (const std::string url = survey_.text(*gate, "/options/oidc-issuer-url");
                realm ? url == issuer : url.starts_with(issuer))
                add(*gate, "/options/oidc-issuer-url");
    }

    Survey survey_;
    std::string_view object_;
    Located at_;
    std::vector<Use> out_;
};

} // namespace

std::vector<Use> usesOf(const Node& root, std::string_view object) {
    return Uses(root, object).all();
}

} // namespace gatehouse::forms
