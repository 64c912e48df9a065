#include <desk/text.h>

#include <QHeaderView>
#include <algorithm>
#include <live/cookiesView.h>
#include <live/roomyRows.h>
#include <live/tokensView.h>
#include <look/state.h>
#include <user/systemClock.h>

namespace gatehouse::live {

using desk::qt;

namespace {

void mark(QTreeWidgetItem* item, look::Token token, const char* icon) {
    item->setIcon(0, look::icon(QString::fromLatin1(icon), token));
    item->setForeground(1, look::color(token));
}

QTreeWidgetItem* add(QTreeWidgetItem* parent, const QString& name, const QString& value,
                     const QString& note = {}) {
    auto* item = new QTreeWidgetItem(parent, {name, value, note});
    item->setToolTip(1, value);
    return item;
}

} // namespace

TokensView::TokensView(KeyRing& keys, QWidget* parent) : QTreeWidget(parent), keys_(keys) {
    setObjectName(QStringLiteral("live.tokens"));
    setAccessibleName(tr("Tokens of this exchange"));
    setToolTip(tr("Tokens that passed, decoded, their signature checked with the provider's keys"));
    setHeaderLabels({tr("Claim"), tr("Value"), tr("Meaning")});
    setAlternatingRowColors(true);
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(new RoomyRows(this));
    setUniformRowHeights(true);
    header()->resizeSection(0, 300);
    header()->resizeSection(1, 460);
    connect(&keys_, &KeyRing::arrived, this, &TokensView::refresh);
}

void TokensView::show(const Glance& glance, const capture::CookieView& cookies) {
    glance_ = glance;
    tokens_.clear();
    const auto put = [this](const QString& name, const std::string& token) {
        const bool known = std::any_of(tokens_.begin(), tokens_.end(),
                                       [&token](const Listed& other) { return other.token == token; });
        if (!known)
            tokens_.push_back({name, token});
    };
    for (const capture::SessionView& session : cookies.sessions)
        if (session.opened.session)
            for (const capture::FoundToken& found : capture::tokensOf(*session.opened.session))
                put(tr("%1 in the session of %2").arg(qt(found.where), qt(session.gate)), found.token);
    if (glance.exchange)
        for (const capture::FoundToken& found : capture::findTokens(*glance.exchange))
            put(found.request ? tr("%1 in the request").arg(qt(found.where))
                              : tr("%1 in the answer").arg(qt(found.where)),
                found.token);
    refresh();
}

void TokensView::refresh() {
    clear();
    for (const Listed& listed : tokens_)
        addToken(listed);
    if (topLevelItemCount() == 0)
        (new QTreeWidgetItem(this, {tr("There is no token in this exchange.")}))->setFirstColumnSpanned(true);
    setCurrentItem(topLevelItem(0));
}

void TokensView::addToken(const Listed& listed) {
    auto* top = new QTreeWidgetItem(this, {listed.name});
    QFont bold = font();
    bold.setBold(true);
    top->setFont(0, bold);
    top->setIcon(0, look::icon(QStringLiteral("key"), look::Token::Accent));
    top->setFirstColumnSpanned(true);
    top->setExpanded(true);
    const auto decoded = capture::decodeToken(listed.token);
    if (!decoded) {
        mark(add(top, tr("Cannot be read"), desk::whole(decoded.error())), look::Token::Bad, "bad");
        return;
    }
    addSignature(top, listed, *decoded);
    addExpiry(top, *decoded);
    add(top, tr("Token"), glance_.secret(listed.token));
    add(top, tr("Header"), tr("%1, key %2").arg(qt(decoded->algorithm), qt(decoded->keyId)));
    for (const capture::TokenClaim& claim : decoded->claims) {
        const QString value =
            capture::isSecretParameter(claim.name) ? glance_.secret(claim.value) : glance_.text(claim.value);
        const QString time = claim.time ? timeText(*claim.time) : QString();
        add(top, qt(claim.name), claim.time ? QStringLiteral("%1 (%2)").arg(time, value) : value,
            desk::translated(claim.help));
    }
}

void TokensView::addSignature(QTreeWidgetItem* top, const Listed& listed, const capture::TokenView& view) {
    const QString name = tr("Signature");
    if (view.algorithm.starts_with("HS")) {
        mark(add(top, name,
                 tr("Only who made it can verify it: %1 uses a secret key").arg(qt(view.algorithm))),
             look::Token::Neutral, "neutral");
        return;
    }
    const KeyRing::Keys& keys = keys_.of(view.issuer);
    if (keys.state == KeyRing::State::Asking) {
        mark(add(top, name, tr("Asking %1 for its keys…").arg(qt(view.issuer))), look::Token::Neutral,
             "busy");
    } else if (keys.state == KeyRing::State::Stopped) {
        mark(add(top, name, tr("Not verified: nothing is running that could be asked for its keys")),
             look::Token::Neutral, "neutral");
    } else if (keys.state == KeyRing::State::NotOurs) {
        mark(add(top, name, tr("Not verified: %1 is no provider of the running lab").arg(qt(view.issuer))),
             look::Token::Warning, "warning");
    } else if (keys.state == KeyRing::State::Failed) {
        mark(add(top, name, tr("Not verified: %1").arg(keys.why)), look::Token::Warning, "warning");
    } else {
        const capture::SignatureVerdict verdict = capture::verifyToken(listed.token, keys.set);
        if (verdict.signature == capture::Signature::Verified)
            mark(add(top, name, tr("Verified by the provider's key %1").arg(qt(verdict.key))),
                 look::Token::Good, "good");
        else if (verdict.signature == capture::Signature::NoSuchKey)
            mark(add(top, name,
                     tr("Not verified: the provider has no key %1 (it publishes %n)", nullptr,
                        static_cast<int>(keys.set.keys.size()))
                         .arg(qt(verdict.key))),
                 look::Token::Bad, "bad");
        else
            mark(add(top, name, tr("Wrong: the key %1 did not sign this").arg(qt(verdict.key))),
                 look::Token::Bad, "bad");
    }
}

void TokensView::addExpiry(QTreeWidgetItem* top, const capture::TokenView& view) {
    if (!view.expires)
        return;
    const auto end = std::chrono::floor<std::chrono::seconds>(*view.expires).time_since_epoch().count();
    const qint64 left = end - user::systemNow().unixSeconds();
    if (left > 0)
        mark(
            add(top, tr("Valid"), tr("for %1 more seconds, until %2").arg(left).arg(timeText(*view.expires))),
            look::Token::Good, "good");
    else
        mark(add(top, tr("Valid"), tr("no longer: it expired at %1").arg(timeText(*view.expires))),
             look::Token::Warning, "warning");
}

QString TokensView::currentValue() const {
    return currentItem() ? currentItem()->text(1) : QString();
}

} // namespace gatehouse::live
