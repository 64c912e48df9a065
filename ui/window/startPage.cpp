#include <desk/text.h>
#include <http/url.h>
#include <lab/forms.h>

#include <QEvent>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <look/button.h>
#include <look/state.h>
#include <window/card.h>
#include <window/startPage.h>

namespace gatehouse::window {

namespace {

constexpr int widest = 1080;

bool isServiceUrl(const QString& text) {
    const auto url = http::parseUrl(desk::utf8(text.trimmed()));
    return url && (url->scheme == "http" || url->scheme == "https");
}

QPushButton* primary(const QString& text, const QString& name) {
    auto* button = new look::PrimaryButton(text);
    button->setObjectName(name);
    return button;
}

// Beside a primary one, and as high.
QPushButton* plain(const QString& text, const QString& name) {
    auto* button = new QPushButton(text);
    button->setMinimumHeight(look::PrimaryButton::lowest);
    button->setObjectName(name);
    return button;
}

} // namespace

StartPage::StartPage(desk::Desk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
    setObjectName(QStringLiteral("startPage"));
    auto* title = new QLabel(tr("Put single sign-on in front of an application"), this);
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    large.setBold(true);
    title->setFont(large);
    title->setWordWrap(true);
    auto* words = new QLabel(tr("Identity provider, gate, ingress and service run here on this machine. What "
                                "passes on the desk passes in "
                                "the cluster, unchanged."),
                             this);
    words->setWordWrap(true);

    auto* cards = new QHBoxLayout;
    cards->setSpacing(look::spaceLarge);
    for (QWidget* card : {makeDemo(), makeProtect(), makeOpen()})
        cards->addWidget(card, 1);

    auto* inner = new QWidget(this);
    inner->setMaximumWidth(widest);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(2 * look::spaceLarge, 2 * look::spaceLarge, 2 * look::spaceLarge,
                               2 * look::spaceLarge);
    column->setSpacing(look::spaceLarge);
    column->addWidget(title);
    column->addWidget(words);
    column->addLayout(cards);
    column->addStretch();

    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(inner);
    scroll->setAlignment(Qt::AlignHCenter);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);

    connect(&desk_.settings, &desk::Settings::changed, this, &StartPage::showRecent);
    showRecent();
    checkProtect();
}

QWidget* StartPage::makeDemo() {
    auto* card =
        new Card(QStringLiteral("play"), tr("See it work"),
                 tr("A whoami service behind the gate, a realm with two users, password and one-time code. "
                    "One click, and alice is logged in while you watch every request."),
                 this);
    auto* demo = primary(tr("Run the &demo"), QStringLiteral("startDemo"));
    demo->setToolTip(tr("Run the story's lab and log in as alice, in the embedded browser"));
    connect(demo, &QPushButton::clicked, this, &StartPage::demoWanted);
    card->content()->addStretch();
    card->content()->addWidget(demo);
    return card;
}

QWidget* StartPage::makeProtect() {
    auto* card = new Card(QStringLiteral("provider"), tr("Protect my service"),
                          tr("A lab with your own service behind the login, ready to run."), this);
    service_ = new QLineEdit(card);
    service_->setObjectName(QStringLiteral("protectService"));
    service_->setPlaceholderText(QStringLiteral("http://127.0.0.1:3000"));
    service_->setToolTip(tr("Where your service answers now"));
    host_ = new QLineEdit(card);
    host_->setObjectName(QStringLiteral("protectHost"));
    host_->setPlaceholderText(QStringLiteral("app.domain.tld"));
    host_->setToolTip(tr("The name under which people will reach it; it need not exist yet"));
    protectProblem_ = new QLabel(card);
    protectProblem_->setObjectName(QStringLiteral("protectProblem"));
    protectProblem_->setWordWrap(true);
    auto* form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->addRow(tr("Address of the &service"), service_);
    form->addRow(tr("Public &name"), host_);
    protect_ = primary(tr("&Protect it"), QStringLiteral("startProtect"));
    protect_->setToolTip(tr("Make a lab with your service in it, and run it"));
    card->content()->addLayout(form);
    card->content()->addWidget(protectProblem_);
    card->content()->addStretch();
    card->content()->addWidget(protect_);
    for (QLineEdit* edit : {service_, host_}) {
        connect(edit, &QLineEdit::textChanged, this, &StartPage::checkProtect);
        connect(edit, &QLineEdit::returnPressed, protect_, &QPushButton::click);
    }
    connect(protect_, &QPushButton::clicked, this,
            [this] { emit protectWanted(service_->text().trimmed(), host_->text().trimmed()); });
    return card;
}

QWidget* StartPage::makeOpen() {
    auto* card = new Card(QStringLiteral("open"), tr("Open a lab"), {}, this);
    recent_ = new QListWidget(card);
    recent_->setObjectName(QStringLiteral("recentLabs"));
    recent_->setAccessibleName(tr("Recent labs"));
    recent_->setToolTip(tr("Press Return to open the chosen lab"));
    recent_->setMinimumHeight(96);
    noRecent_ = new QLabel(tr("Labs that you open are remembered here."), card);
    noRecent_->setWordWrap(true);
    auto* open = plain(tr("&Open a file…"), QStringLiteral("startOpen"));
    auto* empty = plain(tr("Start from an &empty lab"), QStringLiteral("startEmpty"));
    empty->setToolTip(tr("Nothing in it: realm, gate and ingress are added on the setup page"));
    open->setToolTip(tr("A lab that was saved before, or that somebody sent"));
    card->content()->addWidget(recent_, 1);
    card->content()->addWidget(noRecent_, 1);
    card->content()->addWidget(empty);
    card->content()->addWidget(open);
    connect(open, &QPushButton::clicked, this, &StartPage::openWanted);
    connect(empty, &QPushButton::clicked, this, &StartPage::emptyWanted);
    connect(recent_, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { emit recentWanted(item->data(Qt::UserRole).toString()); });
    return card;
}

void StartPage::checkProtect() {
    const QString service = service_->text().trimmed(), host = host_->text().trimmed();
    QString problem;
    if (!service.isEmpty() && !isServiceUrl(service))
        problem = tr("The address has to look like http://127.0.0.1:3000.");
    else if (!host.isEmpty() && !lab::isName(desk::utf8(host)))
        problem = tr("The name has to look like app.domain.tld: small letters, digits, hyphens, dots.");
    protectProblem_->setText(problem);
    protectProblem_->setVisible(!problem.isEmpty());
    QPalette bad;
    bad.setColor(QPalette::WindowText, look::color(look::Token::Bad));
    protectProblem_->setPalette(bad);
    protect_->setEnabled(problem.isEmpty() && !service.isEmpty() && !host.isEmpty());
}

void StartPage::showRecent() {
    recent_->clear();
    for (const QString& file : desk_.settings.recentLabs()) {
        const QFileInfo facts(file);
        auto* item = new QListWidgetItem(look::icon(QStringLiteral("file")), facts.fileName(), recent_);
        item->setToolTip(file);
        item->setData(Qt::UserRole, file);
        if (!facts.exists()) {
            item->setText(tr("%1 (gone)").arg(facts.fileName()));
            item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
        }
    }
    recent_->setVisible(recent_->count() > 0);
    noRecent_->setVisible(recent_->count() == 0);
}

void StartPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && protectProblem_ != nullptr)
        checkProtect(); // in the colours of now
}

} // namespace gatehouse::window
