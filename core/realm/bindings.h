// Which member holds which field: the one list that reading, JSON and diff go through.
#pragma once

#include <realm/realm.h>

#include <span>
#include <string_view>
#include <variant>

namespace gatehouse::realm {

template <class T>
struct Binding {
    using Texts = std::vector<std::string>;
    using TextMap = std::map<std::string, std::string>;
    using TextListMap = std::map<std::string, Texts>;

    std::string_view name; // a row of fields()
    std::variant<std::string T::*, bool T::*, int T::*, std::int64_t T::*, SecretRef T::*, Texts T::*,
                 TextMap T::*, TextListMap T::*, std::optional<Texts> T::*>
        member;
};

// Members that are representations of their own (clients, users, …) are not in these lists.
template <class T>
std::span<const Binding<T>> bindings();

template <>
std::span<const Binding<Realm>> bindings<Realm>();
template <>
std::span<const Binding<Client>> bindings<Client>();
template <>
std::span<const Binding<ProtocolMapper>> bindings<ProtocolMapper>();
template <>
std::span<const Binding<ClientScope>> bindings<ClientScope>();
template <>
std::span<const Binding<Group>> bindings<Group>();
template <>
std::span<const Binding<User>> bindings<User>();
template <>
std::span<const Binding<Credential>> bindings<Credential>();
template <>
std::span<const Binding<Role>> bindings<Role>();

} // namespace gatehouse::realm
