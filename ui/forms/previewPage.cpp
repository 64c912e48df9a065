#include <desk/text.h>

#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QTreeWidget>
#include <algorithm>
#include <forms/choiceEditors.h>
#include <forms/claimsJson.h>
#include <forms/objects.h>
#include <forms/pointer.h>
#include <forms/previewPage.h>
#include <look/tokens.h>
#include <user/systemClock.h>

namespace gatehouse::forms {

using desk::qt;
using desk::utf8;
using Preview = provider::Provider::Preview;

namespace {

std::string realmOf(const std::string& object) {
    return parentPath(parentPath(object));
}

std::string textAt(const Node& root, const std::string& path) {
    const Node& node = nodeAt(root, path);
    return node.isScalar() ? node.text() : std::string();
}

void fill(QComboBox* box, const Node& list, const char* key) {
    const QString before = box->currentText();
    box->clear();
    for (const Node& item : list.items())
        if (const Node& name = item[key]; name.isScalar())
            box->addItem(qt(name.text()));
    if (const int index = box->findText(before); index >= 0)
        box->setCurrentIndex(index);
}

} // namespace

PreviewPage::PreviewPage(desk::Desk& desk, QWidget* parent)
    : QWidget(parent), desk_(desk), bar_(new look::MessageBar(this)), client_(new CalmComboBox(this)),
      user_(new CalmComboBox(this)), scope_(new QLineEdit(this)), claims_(new QTreeWidget(this)),
      gates_(new QWidget(this)), gateLines_(new QVBoxLayout(gates_)) {
    setObjectName("forms.preview");
    client_->setObjectName("forms.previewClient");
    client_->setAccessibleName(tr("Client"));
    client_->setToolTip(tr("The client that the user logs in to"));
    user_->setObjectName("forms.previewUser");
    user_->setAccessibleName(tr("User"));
    user_->setToolTip(tr("Who logs in"));
    scope_->setObjectName("forms.previewScope");
    scope_->setAccessibleName(tr("Scopes"));
    scope_->setToolTip(tr("What the client asks for, words with blanks between"));
    scope_->setPlaceholderText("openid");
    claims_->setObjectName("forms.claims");
    claims_->setAccessibleName(tr("Claims"));
    claims_->setToolTip(tr("Enter on a claim goes to the mapper that made it"));
    claims_->setHeaderLabels({tr("Claim"), tr("Value"), tr("Made by")});
    claims_->setTabKeyNavigation(false);
    claims_->setColumnWidth(0, 190);
    claims_->setColumnWidth(1, 260);
    claims_->setFrameShape(QFrame::NoFrame);
    gateLines_->setContentsMargins(0, 0, 0, 0);
    gateLines_->setSpacing(look::spaceSmall);

    auto* choices = new QHBoxLayout;
    choices->setSpacing(look::space);
    const auto labelled = [&](const QString& text, QWidget* widget, int stretch) {
        auto* label = new QLabel(text, this);
        label->setBuddy(widget);
        choices->addWidget(label);
        choices->addWidget(widget, stretch);
    };
    labelled(tr("&User"), user_, 1);
    labelled(tr("C&lient"), client_, 1);
    labelled(tr("Sco&pes"), scope_, 2);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(look::spaceLarge, look::space, look::space, look::space);
    all->setSpacing(look::space);
    all->addLayout(choices);
    all->addWidget(bar_);
    all->addWidget(gates_);
    all->addWidget(claims_, 1);
    bar_->quiet();

    const auto again = [this] {
        if (!filling_)
            refresh();
    };
    connect(client_, &QComboBox::currentTextChanged, this, again);
    connect(user_, &QComboBox::currentTextChanged, this, again);
    connect(scope_, &QLineEdit::editingFinished, this, again);
    connect(&desk_.workspace, &desk::Workspace::compiled, this, again);
    connect(claims_, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        if (const QString path = item->data(2, Qt::UserRole).toString(); !path.isEmpty())
            emit fieldWanted(path);
    });
}

bool PreviewPage::isFor(const std::string& object) {
    const Located at = locate(object);
    return at.object == object && (at.type->id == "realm/client" || at.type->id == "realm/user");
}

void PreviewPage::open(const std::string& object) {
    object_ = object;
    filling_ = true;
    fillChoices();
    const auto& document = desk_.workspace.document();
    const ObjectType& type = *locate(object).type;
    const QString name = qt(titleOf(type, nodeAt(document->root(), object)));
    QComboBox* own = type.id == "realm/client" ? client_ : user_;
    own->setCurrentIndex(std::max(0, own->findText(name)));
    scope_->setText(qt(usualScope(subject())));
    filling_ = false;
    refresh();
}

void PreviewPage::fillChoices() {
    const auto& document = desk_.workspace.document();
    if (document == nullptr)
        return;
    const Node& realm = nodeAt(document->root(), realmOf(object_));
    fill(client_, realm["clients"], "clientId");
    fill(user_, realm["users"], "username");
}

PreviewPage::Subject PreviewPage::subject() const {
    Subject out;
    const auto& made = desk_.workspace.arrangement();
    if (made == nullptr || made->document == nullptr)
        return out;
    const Node& root = made->document->root();
    const std::string realm = realmOf(object_);
    const std::string name = textAt(root, parentPath(parentPath(realm)) + "/name");
    const auto provider = std::ranges::find(made->providers, name, &arrangement::ProviderPlan::name);
    if (provider != made->providers.end())
        out.provider = provider->embedded.get();
    out.realm = textAt(root, realm + "/realm");
    out.client = utf8(client_->currentText());
    out.user = utf8(user_->currentText());
    return out;
}

// What the gate that uses this client asks for; else what every OpenID client asks for.
std::string PreviewPage::usualScope(const Subject& subject) const {
    if (const auto& made = desk_.workspace.arrangement(); made != nullptr)
        for (const auto& plan : made->gates)
            if (plan.gate->options().text("client-id") == subject.client &&
                plan.gate->options().given("scope"))
                return plan.gate->options().text("scope");
    return "openid email profile";
}

void PreviewPage::refresh() {
    if (object_.empty() || !isVisible())
        return;
    claims_->clear();
    while (QLayoutItem* line = gateLines_->takeAt(0)) {
        delete line->widget();
        delete line;
    }
    const Subject about = subject();
    if (about.provider == nullptr) {
        bar_->say(
            look::Mood::Neutral, tr("There is nothing to preview"),
            desk_.workspace.arrangement() == nullptr
                ? tr("The lab does not compile yet; the problems say why.")
                : tr("Only embedded providers can be asked beforehand; a real Keycloak shows the same in "
                     "its console under Client scopes, Evaluate."));
        return;
    }
    const auto preview = about.provider->preview(about.realm, about.client, about.user, utf8(scope_->text()),
                                                 user::systemNow());
    if (!preview) {
        bar_->say(look::Mood::Bad, desk::words(preview.error()), desk::advice(preview.error()));
        return;
    }
    if (desk_.workspace.isArrangementCurrent())
        bar_->quiet();
    else
        bar_->say(look::Mood::Warning,
                  tr("This is of the last lab that compiled, not of the text as it stands."));
    showGates(about, *preview);
    showClaims(*preview);
}

void PreviewPage::showClaims(const Preview& preview) {
    addClaims(tr("ID token"), preview.idToken, Preview::Part::IdToken, preview);
    addClaims(tr("Access token"), preview.accessToken, Preview::Part::AccessToken, preview);
    addClaims(tr("Userinfo"), preview.userinfo, Preview::Part::Userinfo, preview);
}

void PreviewPage::addClaims(const QString& title, const std::string& json, Preview::Part part,
                            const Preview& preview) {
    auto* top = new QTreeWidgetItem(claims_, {title});
    QFont bold = top->font(0);
    bold.setBold(true);
    top->setFont(0, bold);
    top->setExpanded(true);
    for (const Claim& claim : claimsOf(json)) {
        auto* item = new QTreeWidgetItem(top, {claim.name, claim.value});
        item->setToolTip(0, claim.meaning);
        item->setToolTip(1, claim.value);
        if (!claim.meaning.isEmpty() && claim.value.size() < 24)
            item->setText(1, tr("%1  (%2)").arg(claim.value, claim.meaning));
        addMaker(item, part, preview);
    }
}

void PreviewPage::addMaker(QTreeWidgetItem* item, Preview::Part part, const Preview& preview) {
    QStringList names;
    for (const Preview::Maker& maker : preview.makers) {
        if (maker.part != part || qt(maker.claim) != item->text(0))
            continue;
        names.append(maker.scope.empty()
                         ? tr("mapper %1").arg(qt(maker.mapper))
                         : tr("mapper %1 of scope %2").arg(qt(maker.mapper), qt(maker.scope)));
        if (const auto& made = desk_.workspace.arrangement(); maker.from && made->document != nullptr)
            item->setData(2, Qt::UserRole, qt(made->document->place(maker.from).field));
    }
    const bool leads = !item->data(2, Qt::UserRole).toString().isEmpty();
    item->setText(2, names.isEmpty() ? tr("the protocol itself") : names.join(", "));
    item->setForeground(2, look::color(leads ? look::Token::Accent : look::Token::TextQuiet));
    if (leads)
        item->setToolTip(2, tr("Enter goes to the mapper"));
}

void PreviewPage::showGates(const Subject& subject, const Preview& preview) {
    const auto& made = desk_.workspace.arrangement();
    const std::string issuer = subject.provider->issuer(subject.realm);
    for (const auto& plan : made->gates)
        if (plan.gate->options().text("client-id") == subject.client &&
            plan.gate->options().text("oidc-issuer-url") == issuer)
            addGate(*plan.gate, preview);
    if (gateLines_->count() == 0) {
        auto* none = new QLabel(tr("No gate of this lab uses this client."), gates_);
        none->setObjectName("forms.noGate");
        gateLines_->addWidget(none);
    }
}

void PreviewPage::addGate(const gate::Gate& gate, const Preview& preview) {
    const auto answer = gate.admission(preview.idToken, preview.accessToken, preview.userinfo);
    auto* line = new QWidget(gates_);
    line->setObjectName("forms.gateAnswer");
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(look::space);
    auto* badge = new look::Badge(line);
    auto* words = new QLabel(line);
    words->setWordWrap(true);
    words->setTextFormat(Qt::PlainText);
    layout->addWidget(new QLabel(tr("Gate %1").arg(qt(gate.name())), line));
    layout->addWidget(badge);
    layout->addWidget(words, 1);
    gateLines_->addWidget(line);
    if (!answer) {
        badge->show(look::Mood::Bad, tr("cannot say"));
        words->setText(desk::words(answer.error()));
        return;
    }
    QStringList groups;
    for (const std::string& group : answer->groups)
        groups.append(qt(group));
    badge->show(answer->admitted ? look::Mood::Good : look::Mood::Bad,
                answer->admitted ? tr("lets in") : tr("denies"));
    words->setText(answer->admitted
                       ? tr("as %1; groups: %2%3")
                             .arg(qt(answer->email), groups.isEmpty() ? tr("none") : groups.join(", "),
                                  answer->usesUserinfo ? tr("; it asks userinfo too") : QString())
                       : qt(answer->detail));
    if (const auto& made = desk_.workspace.arrangement(); !answer->admitted && answer->from) {
        auto* why = new QPushButton(tr("Show the option"), line);
        why->setObjectName("forms.gateWhy");
        why->setToolTip(tr("Go to the option that decides"));
        const QString path = qt(made->document->place(answer->from).field);
        connect(why, &QPushButton::clicked, this, [this, path] { emit fieldWanted(path); });
        layout->addWidget(why);
    }
}

// Items keep the colour of their time.
void PreviewPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && isVisible())
        refresh();
}

} // namespace gatehouse::forms
