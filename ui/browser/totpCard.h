// TotpCard: one-time codes of the running lab's users, as their phones would show them. Hidden until asked
// for (Settings::hidesOneTimeCodes), copied with a time-out, and warned about when the provider's clock is
// another.
#pragma once

#include <crypto/totp.h>
#include <desk/desk.h>

#include <QTimer>
#include <QWidget>
#include <browser/enrolments.h>
#include <look/state.h>
#include <optional>

class QComboBox;
class QImage;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace gatehouse::browser {

class CountdownRing;
class ProviderClock;

class TotpCard : public QWidget {
    Q_OBJECT
public:
    // Both outlive it.
    TotpCard(desk::Desk& desk, Enrolments& enrolments, QWidget* parent = nullptr);
    ~TotpCard() override;

    void setUser(const QString& user);
    QString user() const;

    // Keys in: an otpauth:// address, or a picture with one in a QR code. False: `message` says why.
    bool takeAddress(const QString& text);
    bool takePicture(const QImage& picture);

    static constexpr std::chrono::seconds clipboardLife{30};
    static constexpr int nextShownFor = 5; // seconds before the code changes
    static constexpr int skewWorthSaying = 5;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Key { // borrowed from the arrangement or the enrolments: never kept over an event
        const crypto::SecretString* bytes = nullptr;
        crypto::OtpPolicy policy;
    };
    Key key() const;
    QString codeNow(const Key& key) const;

    void build();
    void buildKeyButtons(QVBoxLayout& column);
    void labChanged();
    void refillUsers();
    void tick();
    void uncover(bool on);
    void copyCode();
    void paste();
    void openPicture();
    void showQr(bool on);
    void copyAddress();
    void toClipboard(const QString& text);
    void clearClipboard();
    std::optional<crypto::OtpAuth> address() const;
    void askClock();
    void sayClock(int ahead);

    desk::Desk& desk_;
    Enrolments& enrolments_;
    ProviderClock* clock_;
    QComboBox* users_ = nullptr;
    QToolButton* eye_ = nullptr;
    QLabel *code_ = nullptr, *next_ = nullptr, *hint_ = nullptr, *qr_ = nullptr;
    CountdownRing* ring_ = nullptr;
    QPushButton *copy_ = nullptr, *qrButton_ = nullptr, *addressButton_ = nullptr;
    look::MessageBar* message_ = nullptr;
    QTimer second_, clipboardTimer_{this};
    QString copied_;
    bool revealed_ = false;
};

} // namespace gatehouse::browser
