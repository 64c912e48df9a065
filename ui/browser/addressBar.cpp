#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <browser/addressBar.h>
#include <look/state.h>
#include <look/tokens.h>

namespace gatehouse::browser {

namespace {

QToolButton* buttonFor(QAction* action, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setObjectName(action->objectName() + QStringLiteral(".button"));
    button->setAccessibleName(QString(action->text()).remove(QLatin1Char('&')));
    button->setAccessibleDescription(action->statusTip());
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

AddressBar::AddressBar(look::Actions& actions, QWidget* parent)
    : QWidget(parent), address_(new QLineEdit(this)), users_(new QComboBox(this)),
      home_(buttonFor(actions[QStringLiteral("browser.home")], this)),
      reload_(buttonFor(actions[QStringLiteral("browser.reload")], this)),
      stop_(buttonFor(actions[QStringLiteral("browser.stop")], this)), addresses_(new QMenu(this)) {
    address_->setObjectName(QStringLiteral("browser.address"));
    address_->setAccessibleName(tr("Address"));
    address_->setPlaceholderText(tr("https://… one of the lab's names"));
    address_->setToolTip(
        tr("The real name of the page. Names of the lab and of its trust list can be opened."));
    address_->setClearButtonEnabled(true);
    connect(address_, &QLineEdit::returnPressed, this, &AddressBar::enter);

    users_->setObjectName(QStringLiteral("browser.user"));
    users_->setAccessibleName(tr("Session of"));
    users_->setToolTip(
        tr("Whose session is shown. Every user has one of their own, with cookies of its own."));
    users_->setMinimumContentsLength(8);
    users_->addItem(look::icon(QStringLiteral("user")), tr("Nobody"), QString());
    connect(users_, &QComboBox::activated, this, [this] { emit userChosen(user()); });

    home_->setMenu(addresses_);
    home_->setPopupMode(QToolButton::MenuButtonPopup);
    stop_->hide();

    auto* login = buttonFor(actions[QStringLiteral("browser.login")], this);
    login->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    login->setAutoRaise(false);
    auto* ways = new QMenu(login);
    ways->addAction(actions[QStringLiteral("browser.login")]);
    ways->addAction(actions[QStringLiteral("browser.loginSteps")]);
    login->setMenu(ways);
    login->setPopupMode(QToolButton::MenuButtonPopup);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(look::space, look::spaceSmall, look::space, look::spaceSmall);
    row->setSpacing(look::spaceSmall);
    row->addWidget(buttonFor(actions[QStringLiteral("browser.back")], this));
    row->addWidget(buttonFor(actions[QStringLiteral("browser.forward")], this));
    row->addWidget(reload_);
    row->addWidget(stop_);
    row->addWidget(home_);
    row->addWidget(address_, 1);
    row->addSpacing(look::spaceSmall);
    row->addWidget(users_);
    row->addWidget(login);
    row->addSpacing(look::spaceSmall);
    for (const char* name : {"browser.clear", "browser.external", "browser.codes", "browser.tools"})
        row->addWidget(buttonFor(actions[QLatin1String(name)], this));
}

void AddressBar::setUrl(const QUrl& url) {
    url_ = url;
    const bool blank =
        url.isEmpty() || url.scheme() == QLatin1String("about") || url.scheme() == QLatin1String("data");
    address_->setText(blank ? QString() : url.toDisplayString());
    address_->setCursorPosition(0);
}

void AddressBar::setLoading(bool loading) {
    reload_->setVisible(!loading);
    stop_->setVisible(loading);
}

void AddressBar::setAddresses(const std::vector<Address>& addresses) {
    addresses_->clear();
    for (const Address& address : addresses) {
        QAction* const action = addresses_->addAction(address.text);
        connect(action, &QAction::triggered, this, [this, url = address.url] { emit urlWanted(url); });
    }
}

void AddressBar::setUsers(const QStringList& users) {
    const QString before = user();
    while (users_->count() > 1)
        users_->removeItem(1);
    for (const QString& user : users)
        users_->addItem(look::icon(QStringLiteral("user")), user, user);
    setUser(before);
}

void AddressBar::setUser(const QString& user) {
    users_->setCurrentIndex(qMax(0, users_->findData(user)));
}

QString AddressBar::user() const {
    return users_->currentData().toString();
}

void AddressBar::focusAddress() {
    address_->setFocus(Qt::ShortcutFocusReason);
    address_->selectAll();
}

// "whoami.domain.tld/x" is what people type.
void AddressBar::enter() {
    const QString text = address_->text().trimmed();
    if (text.isEmpty())
        return;
    emit urlWanted(text.contains(QStringLiteral("://")) ? QUrl(text)
                                                        : QUrl(QStringLiteral("https://") + text));
}

} // namespace gatehouse::browser
