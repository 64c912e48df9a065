#include <desk/text.h>

#include <QToolButton>
#include <window/statusStrip.h>

namespace gatehouse::window {

using State = desk::EngineBridge::State;
using Kind = desk::SecretVault::Kind;

look::Mood moodOf(State state) {
    switch (state) {
    case State::Running:
        return look::Mood::Good;
    case State::Starting:
    case State::Stopping:
        return look::Mood::Busy;
    case State::Failed:
        return look::Mood::Bad;
    case State::Stopped:
        break;
    }
    return look::Mood::Neutral;
}

QString nameOf(State state) {
    switch (state) {
    case State::Running:
        return StatusStrip::tr("Running");
    case State::Starting:
        return StatusStrip::tr("Starting…");
    case State::Stopping:
        return StatusStrip::tr("Stopping…");
    case State::Failed:
        return StatusStrip::tr("Could not start");
    case State::Stopped:
        break;
    }
    return StatusStrip::tr("Stopped");
}

StatusStrip::StatusStrip(desk::Desk& desk, QWidget* parent)
    : QStatusBar(parent), desk_(desk), engine_(new look::Badge(this)), where_(new QLabel(this)),
      dropped_(new QLabel(this)), store_(new QToolButton(this)) {
    setSizeGripEnabled(false);
    setContentsMargins(0, 0, look::space, 0);
    engine_->setObjectName(QStringLiteral("engineState"));
    where_->setObjectName(QStringLiteral("engineWhere"));
    store_->setObjectName(QStringLiteral("secretStore"));
    store_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    store_->setAutoRaise(true);
    dropped_->setObjectName(QStringLiteral("droppedCount"));
    addPermanentWidget(dropped_);
    addPermanentWidget(where_);
    addPermanentWidget(store_);
    addPermanentWidget(engine_);
    connect(&desk_.engine, &desk::EngineBridge::stateChanged, this, &StatusStrip::showEngine);
    connect(&desk_.engine, &desk::EngineBridge::arrived, this, &StatusStrip::showDropped);
    connect(&desk_.vault, &desk::SecretVault::probed, this, &StatusStrip::showStore);
    connect(&desk_.navigator, &desk::Navigator::said, this,
            [this](const QString& text) { showMessage(text, 10'000); });
    connect(store_, &QToolButton::clicked, this, &StatusStrip::storeClicked);
    showEngine();
    showStore();
    showDropped();
}

void StatusStrip::showEngine() {
    const State state = desk_.engine.state();
    engine_->show(moodOf(state), nameOf(state));
    QStringList places;
    for (const auto& one : desk_.engine.listening().listeners)
        places << QStringLiteral("%1 %2:%3").arg(desk::qt(one.name), desk::qt(one.host)).arg(one.port);
    where_->setText(places.join(QStringLiteral("  ·  ")));
    where_->setToolTip(places.isEmpty() ? QString() : tr("Where the engine listens on this machine"));
}

void StatusStrip::showStore() {
    switch (desk_.vault.kind()) {
    case Kind::NotYetKnown:
        store_->setText(tr("Secrets: asking the keyring…"));
        store_->setIcon(look::icon(QStringLiteral("busy"), look::Token::Neutral));
        break;
    case Kind::Keyring:
        store_->setText(tr("Secrets: keyring"));
        store_->setIcon(look::icon(QStringLiteral("lock"), look::Token::Good));
        break;
    case Kind::EncryptedFile:
        store_->setText(tr("Secrets: encrypted file"));
        store_->setIcon(look::icon(QStringLiteral("lock"), look::Token::Good));
        break;
    case Kind::ThisRunOnly:
        store_->setText(tr("Secrets: this run only"));
        store_->setIcon(look::icon(QStringLiteral("lock-open"), look::Token::Warning));
        break;
    }
    store_->setToolTip(desk_.vault.whyNotKeyring().isEmpty()
                           ? tr("Where secrets that you type in are kept. Click for more.")
                           : tr("Secrets that you type in are gone when the window closes. Click to keep "
                                "them in an encrypted file.\n%1")
                                 .arg(desk_.vault.whyNotKeyring()));
}

void StatusStrip::showDropped() {
    const auto count = desk_.engine.dropped();
    dropped_->setVisible(count > 0);
    dropped_->setText(tr("Requests not shown: %1").arg(count));
    dropped_->setToolTip(tr("More arrived than the window could take; they were served, but are not shown."));
}

} // namespace gatehouse::window
