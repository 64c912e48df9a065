#include <desk/text.h>

#include <QFormLayout>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>
#include <window/storeCard.h>

namespace gatehouse::window {

using Kind = desk::SecretVault::Kind;

StoreCard::StoreCard(desk::Desk& desk, QWidget* parent)
    : QDialog(parent), desk_(desk), words_(new QLabel(this)), bar_(new look::MessageBar(this)),
      phrase_(new QLineEdit(this)), unlock_(new QPushButton(this)) {
    setObjectName(QStringLiteral("storeCard"));
    setWindowTitle(tr("Where secrets are kept"));
    words_->setWordWrap(true);
    words_->setMinimumWidth(380);
    phrase_->setObjectName(QStringLiteral("passPhrase"));
    phrase_->setEchoMode(QLineEdit::Password);
    phrase_->setToolTip(
        tr("It seals the file. It is not kept anywhere: without it the file cannot be opened."));
    unlock_->setObjectName(QStringLiteral("unlockFile"));
    unlock_->setToolTip(tr("Keep secrets that you type in in a file of yours, sealed by this pass-phrase"));
    unlock_->setDefault(true);
    auto* form = new QFormLayout;
    form->addRow(tr("&Pass-phrase"), phrase_);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(look::space);
    column->addWidget(bar_);
    column->addWidget(words_);
    column->addLayout(form);
    column->addWidget(unlock_, 0, Qt::AlignRight);
    column->addStretch();
    connect(phrase_, &QLineEdit::textChanged, this,
            [this](const QString& text) { unlock_->setEnabled(!text.isEmpty()); });
    connect(unlock_, &QPushButton::clicked, this, &StoreCard::unlock);
    connect(&desk_.vault, &desk::SecretVault::probed, this, &StoreCard::show);
    show();
}

void StoreCard::show() {
    const Kind kind = desk_.vault.kind();
    const bool exists = desk_.vault.encryptedFileExists();
    QString words =
        kind == Kind::Keyring ? tr("Secrets that you type in are kept in the keyring of this system.")
        : kind == Kind::EncryptedFile
            ? tr("Secrets that you type in are kept in a file that your pass-phrase seals.")
        : kind == Kind::NotYetKnown
            ? tr("The keyring of this system has been asked and has not answered yet.")
            : tr("The keyring of this system cannot be used, so secrets that you type in are gone when the "
                 "window closes.");
    if (kind == Kind::ThisRunOnly)
        words += u'\n' +
                 (exists ? tr("There is an encrypted file: its pass-phrase opens it.")
                         : tr("They can be kept in an encrypted file instead: choose a pass-phrase for it."));
    words_->setText(words);
    unlock_->setText(exists ? tr("&Open the file") : tr("&Make the file"));
    const bool offers = kind == Kind::ThisRunOnly || kind == Kind::NotYetKnown;
    phrase_->setEnabled(offers);
    unlock_->setEnabled(offers && !phrase_->text().isEmpty());
    if (!desk_.vault.whyNotKeyring().isEmpty() && offers)
        bar_->say(look::Mood::Warning, desk_.vault.whyNotKeyring());
}

void StoreCard::unlock() {
    unlock_->setEnabled(false);
    desk_.vault.unlockFile(phrase_->text(), [card = QPointer<StoreCard>(this)](const Result<void>& done) {
        if (card == nullptr)
            return;
        card->phrase_->clear();
        if (done)
            card->bar_->say(look::Mood::Good, tr("The file is open."));
        else
            card->bar_->say(look::Mood::Bad, desk::words(done.error()), desk::advice(done.error()));
    });
}

} // namespace gatehouse::window
