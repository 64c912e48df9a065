#include <desk/text.h>

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>
#include <browser/providerClock.h>
#include <mutex>
#include <user/systemClock.h>

namespace gatehouse::browser {

struct ProviderClock::Inbox {
    std::mutex mutex;
    ProviderClock* clock = nullptr;
};

ProviderClock::ProviderClock(QObject* parent) : QObject(parent), inbox_(std::make_shared<Inbox>()) {
    inbox_->clock = this;
}

ProviderClock::~ProviderClock() {
    const std::scoped_lock lock(inbox_->mutex);
    inbox_->clock = nullptr;
}

void ProviderClock::forget() {
    ++question_;
}

void ProviderClock::ask(engine::Engine& engine, const http::Url& url) {
    exchange::Call call;
    call.purpose = exchange::Call::Purpose::Discovery;
    call.url = url;
    call.request.method = "GET";
    call.request.target = url.target;
    call.request.headers.add("Host", url.authority());
    const WallTime sent = user::systemNow().wall;
    engine.call(std::move(call), [inbox = inbox_, number = ++question_, sent](Result<http::Response> answer) {
        if (!answer)
            return; // whoever needs the provider hears of it
        const auto skew = ahead(answer->headers.view().get("Date"), sent, user::systemNow().wall);
        const std::scoped_lock lock(inbox->mutex);
        if (!skew || inbox->clock == nullptr)
            return;
        ProviderClock* const clock = inbox->clock;
        QMetaObject::invokeMethod(
            clock,
            [clock, number, skew = *skew] {
                if (number == clock->question_)
                    emit clock->known(skew);
            },
            Qt::QueuedConnection);
    });
}

std::optional<int> ProviderClock::ahead(std::string_view date, WallTime sent, WallTime received) {
    QDateTime told =
        QLocale::c().toDateTime(desk::qt(date), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!told.isValid())
        return std::nullopt;
    told.setTimeSpec(Qt::UTC);
    // The answer was made between the two, and its date has whole seconds.
    const WallTime between = sent + (received - sent) / 2;
    const auto here = std::chrono::floor<std::chrono::seconds>(between).time_since_epoch().count();
    return static_cast<int>(told.toSecsSinceEpoch() - here);
}

} // namespace gatehouse::browser
