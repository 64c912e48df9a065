// KeyRing: the public keys of the running lab's providers, asked for when a token is looked at. Only issuers
// that the arrangement names are asked: a token must not make this program call anybody else.
#pragma once

#include <desk/engineBridge.h>
#include <oidc/discovery.h>

#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::live {

class KeyRing : public QObject {
    Q_OBJECT
public:
    explicit KeyRing(desk::EngineBridge& engine, QObject* parent = nullptr);
    ~KeyRing() override;

    enum class State : std::uint8_t { Asking, Here, Failed, NotOurs, Stopped };
    struct Keys {
        State state = State::Asking;
        oidc::KeySet set;
        QString why; // of Failed
    };
    // What is known now; asks when nothing is, and `arrived` tells of the answer.
    const Keys& of(const std::string& issuer);

    // Of the requests that it makes, so that the list can leave them out.
    static constexpr std::string_view userAgent = "Gatehouse inspector";
    static bool isOwn(const exchange::Exchange& exchange);

signals:
    void arrived(const QString& issuer);

private:
    struct Inbox;
    bool isOurs(const std::string& issuer) const;
    void askFor(const std::string& issuer, const std::string& url, exchange::Call::Purpose purpose);
    void answered(const std::string& issuer, exchange::Call::Purpose purpose, Result<http::Response> answer);
    void failed(const std::string& issuer, const Error& error);

    desk::EngineBridge& engine_;
    std::shared_ptr<Inbox> inbox_;
    std::map<std::string, Keys> keys_;
};

} // namespace gatehouse::live
