// How keys come into the card and out of it, and what the card is made of.
#include <crypto/qrCode.h>
#include <crypto/qrRead.h>
#include <desk/text.h>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPixmap>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <browser/countdownRing.h>
#include <browser/screenCapture.h>
#include <browser/totpCard.h>
#include <look/tokens.h>

namespace gatehouse::browser {

namespace {

constexpr int cardWidth = 280, qrSide = 200;
constexpr double codeSize = 1.9; // times the font's

constexpr Message noAddress{"totp-no-address", GH_TEXT("browser", "This is no otpauth:// address."),
                            GH_TEXT("browser", "It is what an authenticator's QR code holds.")};

} // namespace

void TotpCard::build() {
    setObjectName(QStringLiteral("browser.totp"));
    setAccessibleName(tr("One-time codes"));
    setMinimumWidth(cardWidth);
    setMaximumWidth(cardWidth + cardWidth / 2);
    message_ = new look::MessageBar(this);
    message_->setObjectName(QStringLiteral("browser.totpMessage"));
    message_->hide();

    users_ = new QComboBox(this);
    users_->setObjectName(QStringLiteral("browser.totpUser"));
    auto* label = new QLabel(tr("One-time code &of"), this);
    users_->setAccessibleName(tr("User"));
    users_->setToolTip(tr("Whose one-time code this is"));
    label->setBuddy(users_);
    connect(users_, &QComboBox::activated, this, [this] {
        showQr(false);
        tick();
    });

    code_ = new QLabel(this);
    code_->setObjectName(QStringLiteral("browser.totpCode"));
    code_->setAccessibleName(tr("Code"));
    QFont font = code_->font();
    font.setPointSizeF(font.pointSizeF() * codeSize);
    font.setStyleHint(QFont::Monospace);
    font.setBold(true);
    code_->setFont(font);
    code_->setCursor(Qt::PointingHandCursor);
    code_->installEventFilter(this);
    ring_ = new CountdownRing(this);
    next_ = new QLabel(this);
    next_->setObjectName(QStringLiteral("browser.totpNext"));
    next_->setAccessibleName(tr("Next code"));
    hint_ = new QLabel(this);
    hint_->setWordWrap(true);
    hint_->setForegroundRole(QPalette::PlaceholderText);

    eye_ = new QToolButton(this);
    eye_->setObjectName(QStringLiteral("browser.totpShow"));
    eye_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    eye_->setIcon(look::icon(QStringLiteral("eye")));
    eye_->setText(tr("Show"));
    eye_->setCheckable(true);
    const bool keptOut = keepOutOfCaptures(*this, false);
    eye_->setToolTip(
        keptOut ? tr("Show or hide the code. While it shows, screen captures leave this window out.")
                : tr("Show or hide the code. This system has no way to keep it out of screen captures."));
    connect(eye_, &QToolButton::clicked, this, [this](bool on) { uncover(on); });
    copy_ = new QPushButton(look::icon(QStringLiteral("copy")), tr("&Copy"), this);
    copy_->setObjectName(QStringLiteral("browser.totpCopy"));
    copy_->setToolTip(tr("Copy the code; the clipboard forgets it after %n seconds", nullptr,
                         static_cast<int>(clipboardLife.count())));
    connect(copy_, &QPushButton::clicked, this, &TotpCard::copyCode);

    auto* codeRow = new QHBoxLayout;
    codeRow->addWidget(code_, 1);
    codeRow->addWidget(ring_);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(look::space);
    buttons->addWidget(eye_);
    buttons->addWidget(copy_);
    buttons->addStretch();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(look::spaceLarge, look::space, look::spaceLarge, look::spaceLarge);
    column->setSpacing(look::space);
    column->addWidget(message_);
    column->addWidget(label);
    column->addWidget(users_);
    column->addLayout(codeRow);
    column->addWidget(next_);
    column->addWidget(hint_);
    column->addLayout(buttons);
    buildKeyButtons(*column);
    column->addStretch();
}

void TotpCard::buildKeyButtons(QVBoxLayout& column) {
    auto* add = new QToolButton(this);
    add->setObjectName(QStringLiteral("browser.totpAdd"));
    add->setText(tr("Add a key"));
    add->setIcon(look::icon(QStringLiteral("add")));
    add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    add->setPopupMode(QToolButton::InstantPopup);
    add->setToolTip(tr("Take an authenticator's key for the chosen user"));
    auto* ways = new QMenu(add);
    QAction* const pasted =
        ways->addAction(tr("&Paste an otpauth:// address or a QR code"), this, &TotpCard::paste);
    pasted->setObjectName(QStringLiteral("browser.totpPaste"));
    QAction* const file = ways->addAction(tr("QR code from a &picture…"), this, &TotpCard::openPicture);
    file->setObjectName(QStringLiteral("browser.totpFile"));
    add->setMenu(ways);

    qrButton_ = new QPushButton(look::icon(QStringLiteral("qr")), tr("Show &QR code"), this);
    qrButton_->setObjectName(QStringLiteral("browser.totpQr"));
    qrButton_->setCheckable(true);
    qrButton_->setToolTip(tr("The key as a QR code, for a phone. Who sees it can make these codes."));
    connect(qrButton_, &QPushButton::clicked, this, &TotpCard::showQr);
    addressButton_ = new QPushButton(look::icon(QStringLiteral("copy")), tr("Copy &address"), this);
    addressButton_->setObjectName(QStringLiteral("browser.totpAddress"));
    addressButton_->setToolTip(tr("Copy the key as an otpauth:// address. Who has it can make these codes."));
    connect(addressButton_, &QPushButton::clicked, this, &TotpCard::copyAddress);
    qr_ = new QLabel(this);
    qr_->setObjectName(QStringLiteral("browser.totpPicture"));
    qr_->setAlignment(Qt::AlignCenter);
    qr_->setAccessibleName(tr("QR code of the key"));
    qr_->hide();

    auto* line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setForegroundRole(QPalette::Mid);
    auto* out = new QHBoxLayout;
    out->setSpacing(look::space);
    out->addWidget(qrButton_);
    out->addWidget(addressButton_);
    out->addStretch();
    column.addSpacing(look::space);
    column.addWidget(line);
    column.addWidget(add);
    column.addLayout(out);
    column.addWidget(qr_);
}

bool TotpCard::takeAddress(const QString& text) {
    auto read = crypto::parseOtpauthUri(desk::utf8(text.trimmed()));
    if (!read || read->counter) {
        const Error error = fail(noAddress).error();
        message_->say(look::Mood::Warning,
                      read ? tr("This key makes codes by a counter; this card makes them by the clock.")
                           : desk::words(error),
                      read ? QString() : desk::advice(error));
        return false;
    }
    const QString account = desk::qt(read->account);
    const QString whose = user().isEmpty() ? account.section(QLatin1Char(':'), -1) : user();
    enrolments_.keep(whose, {crypto::SecretString::take(std::move(read->key)), read->policy});
    setUser(whose);
    message_->say(look::Mood::Good, tr("The key of “%1” is %2's authenticator now, while Gatehouse runs.")
                                        .arg(account.isEmpty() ? whose : account, whose));
    return true;
}

bool TotpCard::takePicture(const QImage& picture) {
    constexpr int mostSide = 4096;
    const QImage grey = (picture.width() > mostSide || picture.height() > mostSide
                             ? picture.scaled(mostSide, mostSide, Qt::KeepAspectRatio)
                             : picture)
                            .convertToFormat(QImage::Format_Grayscale8);
    crypto::Picture pixels;
    pixels.width = static_cast<std::size_t>(grey.width());
    pixels.height = static_cast<std::size_t>(grey.height());
    for (int row = 0; row < grey.height(); ++row)
        pixels.pixels.append(reinterpret_cast<const char*>(grey.constScanLine(row)), pixels.width);
    auto text = crypto::qrRead(pixels);
    if (!text) {
        message_->say(look::Mood::Warning, desk::words(text.error()), desk::advice(text.error()));
        return false;
    }
    const bool taken = takeAddress(desk::qt(*text));
    crypto::wipe(*text);
    return taken;
}

void TotpCard::paste() {
    const QMimeData* const offered = QApplication::clipboard()->mimeData();
    if (offered != nullptr && offered->hasImage())
        takePicture(qvariant_cast<QImage>(offered->imageData()));
    else
        takeAddress(QApplication::clipboard()->text());
}

void TotpCard::openPicture() {
    auto* dialog = new QFileDialog(this, tr("A picture with a QR code"), {},
                                   tr("Pictures (*.png *.jpg *.jpeg *.gif *.bmp *.webp)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setModal(false);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        const QImage picture(file);
        if (picture.isNull())
            message_->say(look::Mood::Warning, tr("%1 is no picture that can be read.").arg(file));
        else
            takePicture(picture);
    });
    dialog->show();
}

std::optional<crypto::OtpAuth> TotpCard::address() const {
    const Key key = this->key();
    if (key.bytes == nullptr)
        return std::nullopt;
    crypto::OtpAuth out;
    out.issuer = "Gatehouse";
    if (const auto& running = desk_.engine.running())
        out.issuer = running->name;
    out.account = desk::utf8(user());
    out.key = key.bytes->reveal([](std::string_view bytes) { return std::string(bytes); });
    out.policy = key.policy;
    return out;
}

void TotpCard::showQr(bool on) {
    auto address = on ? this->address() : std::nullopt;
    qrButton_->setChecked(address.has_value());
    qrButton_->setText(address ? tr("Hide &QR code") : tr("Show &QR code"));
    qr_->setVisible(address.has_value());
    qr_->setPixmap({});
    if (!address)
        return;
    std::string uri = crypto::otpauthUri(*address);
    const auto code = crypto::qrCode(uri);
    crypto::wipe(uri);
    crypto::wipe(address->key);
    if (!code)
        return message_->say(look::Mood::Bad, desk::words(code.error()), desk::advice(code.error()));
    const std::string png = crypto::qrPng(*code, qrSide);
    qr_->setPixmap(QPixmap::fromImage(
        QImage::fromData(QByteArray::fromRawData(png.data(), static_cast<qsizetype>(png.size())), "PNG")));
}

void TotpCard::copyAddress() {
    auto address = this->address();
    if (!address)
        return;
    toClipboard(desk::qt(crypto::otpauthUri(*address)));
    crypto::wipe(address->key);
}

// Hidden codes can be copied too: that is why one would hide them.
void TotpCard::copyCode() {
    const Key key = this->key();
    if (key.bytes != nullptr)
        toClipboard(codeNow(key));
}

void TotpCard::toClipboard(const QString& text) {
    auto* copy = new QMimeData;
    copy->setText(text);
    copy->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret")); // no history
    QApplication::clipboard()->setMimeData(copy);
    copied_ = text;
    clipboardTimer_.start();
    emit desk_.navigator.said(tr("Copied; the clipboard forgets it in %n seconds", nullptr,
                                 static_cast<int>(clipboardLife.count())));
}

// Only what is still ours: a person may have copied something else meanwhile.
void TotpCard::clearClipboard() {
    clipboardTimer_.stop();
    if (!copied_.isEmpty() && QApplication::clipboard()->text() == copied_)
        QApplication::clipboard()->clear();
    copied_.fill(QLatin1Char('0'));
    copied_.clear();
}

} // namespace gatehouse::browser
