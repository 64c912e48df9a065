// Realms by chance: fields from the table of Keycloak's representations.
#pragma once

#include "chance.h"

#include <realm/fields.h>

#include <optional>
#include <set>
#include <string>

namespace gatehouse::kubernetes::test {

class RealmGenerator : public Chance {
public:
    using Chance::Chance;

protected:
    // Some fields of the holder by their types; representations inside it are not among them.
    void realmFields(realm::Holder holder, int of, Map& out) {
        Map attributes;
        for (const realm::FieldRow& row : realm::fields()) {
            if (row.holder != holder || below(of) != 0 || row.support == Support::NotYet)
                continue;
            const auto dot = row.name.find('.');
            const std::string name(row.name.substr(0, dot));
            const auto value = realmValue(row);
            if (!value || skipped(name))
                continue;
            if (dot != std::string_view::npos)
                attributes.emplace_back(row.name.substr(dot + 1), text(value->text()));
            else
                out.emplace_back(name, *value);
        }
        if (!attributes.empty())
            out.emplace_back(holder == realm::Holder::ProtocolMapper ? "config" : "attributes",
                             Node::map(std::move(attributes)));
    }
    static bool skipped(const std::string& name) {
        static const std::set<std::string> own{"id",
                                               "realm",
                                               "clientId",
                                               "name",
                                               "username",
                                               "type",
                                               "secret",
                                               "value",
                                               "secretData",
                                               "credentialData",
                                               "protocolMapper",
                                               "protocol",
                                               "subType",
                                               "algorithm",
                                               "digits",
                                               "period",
                                               "attributes",
                                               "config",
                                               "clientAuthenticatorType",
                                               "publicClient",
                                               "composite",
                                               "clientRole"};
        return own.contains(name);
    }
    std::optional<Node> realmValue(const realm::FieldRow& row) {
        using enum realm::FieldType;
        switch (row.type) {
        case Text:
            return text(hard());
        case Boolean:
            return plain(boolean());
        case Integer:
        case Seconds:
            return plain(number(1, 9000));
        case TextList:
            return list(0, 3, [&](int) { return text(hard()); });
        case Choice: {
            std::vector<std::string> all;
            std::string one;
            for (const char c : std::string(row.choices) + "|")
                if (c == '|')
                    all.push_back(std::exchange(one, {}));
                else
                    one += c;
            return text(all[static_cast<std::size_t>(below(static_cast<int>(all.size())))]);
        }
        default:
            return std::nullopt;
        }
    }

    Node mapper(int index) {
        Map out{{"name", text("mapper " + std::to_string(index))},
                {"protocol", text("openid-connect")},
                {"protocolMapper", text("oidc-group-membership-mapper")}};
        out.emplace_back("config", Node::map({{"claim.name", text(word())}, {"full.path", text(boolean())}}));
        return Node::map(std::move(out));
    }
    Node client(int index) {
        Map out{{"clientId", text("client-" + std::to_string(index))}};
        const bool open = chance(4);
        maybe(out, "publicClient", plain(open ? "true" : "false"), open ? 1000 : 2);
        if (!open)
            maybe(out, "secret", secret());
        realmFields(realm::Holder::Client, 5, out);
        maybe(out, "protocolMappers", list(0, 2, [&](int i) { return mapper(i); }));
        return Node::map(std::move(out));
    }
    Node group(const std::string& name, int depth) {
        Map out{{"name", text(name)}};
        maybe(out, "attributes", Node::map({{word(), Node::list({text(hard())})}}));
        if (depth > 0)
            maybe(out, "subGroups",
                  list(0, 2, [&](int i) { return group(name + "-" + std::to_string(i), depth - 1); }));
        return Node::map(std::move(out));
    }
    Node user(int index) {
        Map out{{"username", text("user" + std::to_string(index))}};
        for (const char* key : {"firstName", "lastName"})
            maybe(out, key, text(hard()));
        maybe(out, "enabled", plain(boolean()));
        maybe(out, "emailVerified", plain(boolean()));
        maybe(out, "email", text("u" + std::to_string(index) + "@a.test"));
        maybe(out, "groups", list(0, 2, [&](int i) { return text("/group-" + std::to_string(i)); }));
        maybe(out, "requiredActions", list(0, 1, [&](int) { return text("CONFIGURE_TOTP"); }));
        maybe(out, "credentials", list(0, 2, [&](int i) { return credential(i == 1); }));
        return Node::map(std::move(out));
    }
    Node credential(bool otp) {
        Map out{{"type", text(otp ? "otp" : "password")}, {otp ? "secretData" : "value", secret()}};
        if (!otp)
            maybe(out, "temporary", plain(boolean()));
        if (otp && chance()) {
            maybe(out, "digits", plain(chance() ? "6" : "8"));
            maybe(out, "period", plain(number(20, 60)));
            maybe(out, "algorithm", text(chance() ? "HmacSHA256" : "HmacSHA1"));
        }
        maybe(out, "userLabel", text(hard()));
        return Node::map(std::move(out));
    }
    Node role(int index) {
        Map out{{"name", text("role " + std::to_string(index))}};
        maybe(out, "description", text(hard()));
        if (index > 0 && chance())
            out.emplace_back("composites", Node::map({{"realm", Node::list({text("role 0")})}}));
        return Node::map(std::move(out));
    }
    Node scope(int index) {
        Map out{{"name", text("scope-" + std::to_string(index))}};
        maybe(out, "description", text(hard()));
        maybe(out, "attributes", Node::map({{"include.in.token.scope", text(boolean())}}));
        maybe(out, "protocolMappers", list(0, 1, [&](int i) { return mapper(i); }));
        return Node::map(std::move(out));
    }
    Node realm(const std::string& name) {
        Map out{{"realm", text(name)}};
        realmFields(realm::Holder::Realm, 5, out);
        maybe(out, "clients", list(0, 3, [&](int i) { return client(i); }));
        maybe(out, "clientScopes", list(0, 2, [&](int i) { return scope(i); }), 3);
        maybe(out, "groups", list(0, 2, [&](int i) { return group("group-" + std::to_string(i), 2); }));
        maybe(out, "users", list(0, 3, [&](int i) { return user(i); }));
        maybe(out, "roles", Node::map({{"realm", list(1, 3, [&](int i) { return role(i); })}}));
        return Node::map(std::move(out));
    }
};

} // namespace gatehouse::kubernetes::test
