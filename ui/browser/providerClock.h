// ProviderClock: how far a provider's clock is from this computer's, by the Date of its answers (RFC 9110
// section 6.6.1): one-time codes are made by the one and checked by the other.
#pragma once

#include <engine/engine.h>

#include <QObject>
#include <memory>

namespace gatehouse::browser {

class ProviderClock : public QObject {
    Q_OBJECT
public:
    explicit ProviderClock(QObject* parent = nullptr);
    ~ProviderClock() override;

    // Asks; `known` follows, unless there is no answer. An older question is forgotten.
    void ask(engine::Engine& engine, const http::Url& url);
    void forget();

    // Seconds that the provider is ahead of `sent`/`received`, this computer's clock around the answer;
    // nothing when the date cannot be read.
    static std::optional<int> ahead(std::string_view date, WallTime sent, WallTime received);

signals:
    void known(int secondsAhead);

private:
    struct Inbox;
    std::shared_ptr<Inbox> inbox_; // shared with the engine's thread
    unsigned question_ = 0;
};

} // namespace gatehouse::browser
