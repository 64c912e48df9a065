#include <gate/messagePack.h>
#include <gate/session.h>

namespace gatehouse::gate {

namespace {

constexpr Message unreadable{"session-unreadable",
                             GH_TEXT("core", "The session in the cookie cannot be read"),
                             GH_TEXT("core", "Sign out, or delete the cookie, and log in again.")};

std::unexpected<Error> unreadableAt(std::string_view key) {
    return fail(unreadable, {}, {}, "msgpack: field " + std::string(key));
}

bool takeText(messagePack::Reader& reader, std::string& into) {
    if (reader.takeNil())
        return true;
    const auto text = reader.takeText();
    if (text)
        into = *text;
    return text.has_value();
}

bool takeTime(messagePack::Reader& reader, std::optional<WallTime>& into) {
    if (reader.takeNil())
        return true;
    into = reader.takeTime();
    return into.has_value();
}

bool takeList(messagePack::Reader& reader, std::vector<std::string>& into) {
    if (reader.takeNil())
        return true;
    const auto size = reader.takeArray();
    if (!size || *size > reader.rest().size())
        return false;
    into.resize(*size);
    for (std::string& item : into)
        if (!takeText(reader, item))
            return false;
    return true;
}

bool takeRaw(messagePack::Reader& reader, std::string& into) {
    if (reader.takeNil())
        return true;
    const std::string_view before = reader.rest();
    if (!messagePack::Reader(before).takeMap() || !reader.skip())
        return false;
    into = before.substr(0, before.size() - reader.rest().size());
    return true;
}

bool takeField(messagePack::Reader& reader, std::string_view key, Session& session) {
    if (key == "ca")
        return takeTime(reader, session.createdAt);
    if (key == "eo")
        return takeTime(reader, session.expiresOn);
    if (key == "at")
        return takeText(reader, session.accessToken);
    if (key == "it")
        return takeText(reader, session.idToken);
    if (key == "rt")
        return takeText(reader, session.refreshToken);
    if (key == "n")
        return takeText(reader, session.nonce);
    if (key == "e")
        return takeText(reader, session.email);
    if (key == "u")
        return takeText(reader, session.user);
    if (key == "g")
        return takeList(reader, session.groups);
    if (key == "pu")
        return takeText(reader, session.preferredUsername);
    if (key == "ac")
        return takeRaw(reader, session.additionalClaims);
    return reader.skip();
}

class Packer {
public:
    void text(std::string_view key, std::string_view value) {
        if (value.empty())
            return;
        out_.text(key);
        out_.text(value);
        ++fields_;
    }
    void bytes(std::string_view key, std::string_view value) {
        if (value.empty())
            return;
        out_.text(key);
        out_.bytes(value);
        ++fields_;
    }
    void time(std::string_view key, const std::optional<WallTime>& value) {
        if (!value)
            return;
        out_.text(key);
        out_.time(*value);
        ++fields_;
    }
    void list(std::string_view key, const std::vector<std::string>& values) {
        if (values.empty())
            return;
        out_.text(key);
        out_.array(values.size());
        for (const std::string& value : values)
            out_.text(value);
        ++fields_;
    }
    void raw(std::string_view key, std::string_view encoded) {
        if (encoded.empty())
            return;
        out_.text(key);
        out_.raw(encoded);
        ++fields_;
    }
    std::string take() {
        messagePack::Writer head;
        head.map(fields_);
        head.raw(out_.take());
        return head.take();
    }

private:
    messagePack::Writer out_;
    std::size_t fields_ = 0;
};

} // namespace

std::string pack(const Session& session) {
    Packer packer;
    packer.time("ca", session.createdAt);
    packer.time("eo", session.expiresOn);
    packer.text("at", session.accessToken);
    packer.text("it", session.idToken);
    packer.text("rt", session.refreshToken);
    packer.bytes("n", session.nonce);
    packer.text("e", session.email);
    packer.text("u", session.user);
    packer.list("g", session.groups);
    packer.text("pu", session.preferredUsername);
    packer.raw("ac", session.additionalClaims);
    return packer.take();
}

Result<Session> unpackSession(std::string_view bytes) {
    messagePack::Reader reader(bytes);
    Session session;
    if (reader.takeNil())
        return session;
    const auto size = reader.takeMap();
    if (!size)
        return unreadableAt("(map)");
    for (std::size_t i = 0; i < *size; ++i) {
        const auto key = reader.takeText();
        if (!key)
            return unreadableAt("(key)");
        if (!takeField(reader, *key, session))
            return unreadableAt(*key);
    }
    return session;
}

std::chrono::nanoseconds age(const Session& session, const Now& now) {
    if (!session.createdAt)
        return std::chrono::nanoseconds(0);
    return std::chrono::floor<std::chrono::seconds>(now.wall) - *session.createdAt;
}

bool expired(const Session& session, const Now& now) {
    return session.expiresOn && *session.expiresOn < now.wall;
}

std::string_view displayName(const Session& session) {
    if (!session.preferredUsername.empty())
        return session.preferredUsername;
    return session.email.empty() ? session.user : session.email;
}

} // namespace gatehouse::gate
