#include <desk/text.h>
#include <rehearsal/loginDriver.h>

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <browser/countdownRing.h>
#include <browser/labFacts.h>
#include <browser/providerClock.h>
#include <browser/screenCapture.h>
#include <browser/totpCard.h>
#include <user/systemClock.h>

namespace gatehouse::browser {

namespace {

// "123 456", "1234 5678": as authenticators group them.
QString grouped(const QString& code) {
    const qsizetype half = code.size() / 2;
    return code.size() < 6 ? code : code.left(half) + QChar(QChar::Nbsp) + code.mid(half);
}

QString dots(int digits) {
    return grouped(QString(digits, QChar(0x2022)));
}

} // namespace

TotpCard::TotpCard(desk::Desk& desk, Enrolments& enrolments, QWidget* parent)
    : QWidget(parent), desk_(desk), enrolments_(enrolments), clock_(new ProviderClock(this)) {
    build();
    second_.setSingleShot(true);
    second_.setTimerType(Qt::PreciseTimer);
    clipboardTimer_.setObjectName(QStringLiteral("browser.totpClipboard"));
    clipboardTimer_.setSingleShot(true);
    clipboardTimer_.setInterval(clipboardLife);
    connect(&second_, &QTimer::timeout, this, &TotpCard::tick);
    connect(&clipboardTimer_, &QTimer::timeout, this, &TotpCard::clearClipboard);
    connect(clock_, &ProviderClock::known, this, &TotpCard::sayClock);
    connect(&enrolments_, &Enrolments::changed, this, &TotpCard::refillUsers);
    connect(&desk_.engine, &desk::EngineBridge::stateChanged, this, &TotpCard::labChanged);
    connect(&desk_.settings, &desk::Settings::changed, this,
            [this] { uncover(!desk_.settings.hidesOneTimeCodes()); });
    revealed_ = !desk_.settings.hidesOneTimeCodes();
    labChanged();
}

TotpCard::~TotpCard() {
    clearClipboard();
}

TotpCard::Key TotpCard::key() const {
    const QString user = this->user();
    if (const rehearsal::EnrolmentKey* device = enrolments_.find(user))
        return {&device->key, device->policy};
    const auto& running = desk_.engine.running();
    if (!running || user.isEmpty())
        return {};
    const rehearsal::Person person = rehearsal::personOf(*running, {desk::utf8(user), {}, {}, {}});
    return {person.otpKey, person.otpPolicy};
}

QString TotpCard::codeNow(const Key& key) const {
    return key.bytes->reveal([&](std::string_view bytes) {
        return desk::qt(crypto::totp(bytes, user::systemNow().unixSeconds(), key.policy));
    });
}

void TotpCard::setUser(const QString& user) {
    if (const int at = users_->findData(user); at >= 0 && at != users_->currentIndex()) {
        users_->setCurrentIndex(at);
        showQr(false);
        tick();
    }
}

QString TotpCard::user() const {
    return users_->currentData().toString();
}

void TotpCard::labChanged() {
    refillUsers();
    askClock();
}

void TotpCard::refillUsers() {
    const QString before = user();
    QStringList names;
    if (const auto& running = desk_.engine.running())
        names = usersOf(*running);
    for (const QString& user : enrolments_.users())
        if (!names.contains(user))
            names.append(user);
    users_->clear();
    for (const QString& name : names)
        users_->addItem(name, name);
    users_->setEnabled(!names.isEmpty());
    if (const int at = users_->findData(before); at >= 0)
        users_->setCurrentIndex(at);
    tick();
}

// Once a second, on the second, and only while somebody looks.
void TotpCard::tick() {
    const Now now = user::systemNow();
    const Key key = this->key();
    const bool has = key.bytes != nullptr && !key.bytes->empty();
    for (QPushButton* button : {copy_, qrButton_, addressButton_})
        button->setEnabled(has);
    eye_->setEnabled(has);
    code_->setEnabled(has);
    ring_->setVisible(has);
    if (!has) {
        code_->setText(dots(key.policy.digits));
        code_->setAccessibleDescription(tr("no code"));
        next_->setText({});
        hint_->setText(
            users_->count() == 0
                ? tr("No lab runs, so there are no users.")
                : tr("%1 has no authenticator in this lab. It comes with the first login, or from an "
                     "otpauth:// address or QR code.")
                      .arg(user()));
        return;
    }
    const int period = key.policy.period;
    const int left = static_cast<int>(period - now.unixSeconds() % period);
    const auto codeAt = [&](std::int64_t seconds) {
        return key.bytes->reveal(
            [&](std::string_view bytes) { return desk::qt(crypto::totp(bytes, seconds, key.policy)); });
    };
    code_->setText(revealed_ ? grouped(codeAt(now.unixSeconds())) : dots(key.policy.digits));
    code_->setAccessibleDescription(revealed_ ? code_->text() : tr("hidden"));
    const bool soon = left <= nextShownFor && revealed_;
    next_->setText(soon ? tr("next: %1").arg(grouped(codeAt(now.unixSeconds() + left))) : QString());
    hint_->setText(revealed_ ? QString() : tr("Click the code to see it."));
    ring_->setTime(left, period);
    if (isVisible()) {
        const auto part = now.wall.time_since_epoch() % std::chrono::seconds(1);
        second_.start(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::seconds(1) - part) +
                      std::chrono::milliseconds(1));
    }
}

void TotpCard::uncover(bool on) {
    revealed_ = on;
    eye_->setChecked(on);
    eye_->setIcon(look::icon(on ? QStringLiteral("eye-off") : QStringLiteral("eye")));
    eye_->setText(on ? tr("Hide") : tr("Show"));
    keepOutOfCaptures(*this, on && isVisible());
    tick();
}

bool TotpCard::eventFilter(QObject* watched, QEvent* event) {
    if (watched == code_ && event->type() == QEvent::MouseButtonRelease && code_->isEnabled())
        uncover(!revealed_);
    return QWidget::eventFilter(watched, event);
}

void TotpCard::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    askClock();
    tick();
}

// Who comes back has to ask again.
void TotpCard::hideEvent(QHideEvent* event) {
    second_.stop();
    showQr(false);
    uncover(!desk_.settings.hidesOneTimeCodes());
    keepOutOfCaptures(*this, false);
    QWidget::hideEvent(event);
}

// An embedded provider lives by this computer's clock; only another one can be off.
void TotpCard::askClock() {
    clock_->forget();
    const auto& running = desk_.engine.running();
    if (!isVisible() || !running || desk_.engine.engine() == nullptr)
        return;
    for (const arrangement::ProviderPlan& provider : running->providers)
        if (provider.embedded == nullptr)
            return clock_->ask(*desk_.engine.engine(), provider.url);
}

void TotpCard::sayClock(int ahead) {
    if (std::abs(ahead) < skewWorthSaying)
        return;
    message_->say(
        look::Mood::Warning,
        ahead > 0 ? tr("The provider's clock is %n second(s) ahead of this computer's.", nullptr, ahead)
                  : tr("The provider's clock is %n second(s) behind this computer's.", nullptr, -ahead),
        tr("Codes are made by this clock and checked by that one: beyond the realm's look-ahead window "
           "they are refused. Set both by a time server."));
}

} // namespace gatehouse::browser
