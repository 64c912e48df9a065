#include <desk/text.h>

#include <QDateTime>
#include <QHeaderView>
#include <QLocale>
#include <live/cookiesView.h>
#include <live/exchangeModel.h>
#include <live/roomyRows.h>
#include <look/state.h>

namespace gatehouse::live {

using desk::qt;

namespace {

QTreeWidgetItem* add(QTreeWidgetItem* parent, const QString& name, const QString& value,
                     const QString& note = {}) {
    auto* item = new QTreeWidgetItem(parent, {name, value, note});
    item->setToolTip(1, value);
    item->setToolTip(2, note);
    return item;
}

QString attributes(const http::SetCookie& cookie) {
    QStringList out;
    if (!cookie.path.empty())
        out.append(QStringLiteral("Path=") + qt(cookie.path));
    out.append(cookie.domain.empty() ? CookiesView::tr("this host only")
                                     : QStringLiteral("Domain=") + qt(cookie.domain));
    if (cookie.maxAge)
        out.append(QStringLiteral("Max-Age=%1").arg(*cookie.maxAge));
    else if (cookie.expires)
        out.append(CookiesView::tr("until %1").arg(timeText(*cookie.expires)));
    else
        out.append(CookiesView::tr("until the browser closes"));
    if (cookie.secure)
        out.append(QStringLiteral("Secure"));
    if (cookie.httpOnly)
        out.append(QStringLiteral("HttpOnly"));
    const QString sameSite[] = {{}, QStringLiteral("Lax"), QStringLiteral("Strict"), QStringLiteral("None")};
    if (cookie.sameSite != http::SameSite::Unset)
        out.append(QStringLiteral("SameSite=") + sameSite[static_cast<std::size_t>(cookie.sameSite)]);
    return out.join(QStringLiteral("; "));
}

QString joined(const std::vector<std::string>& texts) {
    QStringList out;
    for (const std::string& text : texts)
        out.append(qt(text));
    return out.join(QStringLiteral(", "));
}

} // namespace

QString timeText(WallTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds), QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

CookiesView::CookiesView(QWidget* parent) : QTreeWidget(parent) {
    setObjectName(QStringLiteral("live.cookies"));
    setAccessibleName(tr("Cookies of this exchange"));
    setToolTip(tr("Cookies that came and were set, each taken apart"));
    setHeaderLabels({tr("Name"), tr("Value"), tr("Attributes and notes")});
    setAlternatingRowColors(true);
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(new RoomyRows(this));
    setUniformRowHeights(true);
    header()->resizeSection(0, 260);
    header()->resizeSection(1, 360);
}

QTreeWidgetItem* CookiesView::group(const QString& text, const QString& icon) {
    auto* item = new QTreeWidgetItem(this, {text});
    QFont bold = font();
    bold.setBold(true);
    item->setFont(0, bold);
    item->setIcon(0, look::icon(icon, look::Token::Accent));
    item->setFirstColumnSpanned(true);
    item->setExpanded(true);
    return item;
}

void CookiesView::show(const Glance& glance, const capture::CookieView& cookies) {
    clear();
    if (!glance.exchange)
        return;
    for (const capture::SessionView& session : cookies.sessions)
        addSession(session, glance);
    if (!cookies.sent.empty()) {
        QTreeWidgetItem* const sent = group(tr("Sent by the client"), QStringLiteral("forward"));
        for (const capture::SentCookie& cookie : cookies.sent)
            add(sent, qt(cookie.name), glance.secret(cookie.value), sizeText(cookie.value.size()));
    }
    if (!cookies.set.empty() || !cookies.unreadable.empty()) {
        QTreeWidgetItem* const set = group(tr("Set by the answer"), QStringLiteral("back"));
        for (const capture::SetCookieView& cookie : cookies.set)
            addSet(cookie, set, glance);
        for (const std::string& name : cookies.unreadable)
            add(set, qt(name), {}, tr("this Set-Cookie cannot be read"));
    }
    if (topLevelItemCount() == 0)
        (new QTreeWidgetItem(this, {tr("No cookies were sent or set.")}))->setFirstColumnSpanned(true);
    setCurrentItem(topLevelItem(0));
}

void CookiesView::addSet(const capture::SetCookieView& view, QTreeWidgetItem* parent, const Glance& glance) {
    QTreeWidgetItem* const item =
        add(parent, qt(view.cookie.name), view.deletes ? tr("(removed)") : glance.secret(view.cookie.value),
            view.deletes ? tr("deletes the cookie") : attributes(view.cookie));
    for (const capture::CookieWarning& warning : view.warnings) {
        QTreeWidgetItem* const note = add(item, {}, {}, desk::translated(warning.what->text));
        note->setIcon(2, look::icon(QStringLiteral("warning"), look::Token::Warning));
        note->setForeground(2, look::color(look::Token::Warning));
    }
    item->setExpanded(true);
}

void CookiesView::addSession(const capture::SessionView& view, const Glance& glance) {
    QTreeWidgetItem* const top = group(view.isNew ? tr("New session of the gate %1").arg(qt(view.gate))
                                                  : tr("Session of the gate %1").arg(qt(view.gate)),
                                       QStringLiteral("gate"));
    const QString parts = view.opened.parts > 0 ? tr("in %1 parts").arg(view.opened.parts) : QString();
    add(top, tr("Cookie"), qt(view.opened.cookie), parts);
    if (!view.opened.session) {
        QTreeWidgetItem* const why = add(top, tr("Cannot be opened"), qt(view.opened.why));
        why->setIcon(0, look::icon(QStringLiteral("bad"), look::Token::Bad));
        why->setForeground(0, look::color(look::Token::Bad));
        return;
    }
    const gate::Session& session = *view.opened.session;
    QTreeWidgetItem* const user = add(top, tr("User"), qt(gate::displayName(session)));
    user->setIcon(0, look::icon(QStringLiteral("good"), look::Token::Good));
    add(top, tr("E-mail address"), qt(session.email));
    add(top, tr("Subject"), qt(session.user), tr("the provider's id of the user"));
    add(top, tr("Groups"), session.groups.empty() ? tr("(none)") : joined(session.groups));
    if (session.createdAt)
        add(top, tr("Created"), timeText(*session.createdAt));
    if (session.expiresOn)
        add(top, tr("Tokens expire"), timeText(*session.expiresOn));
    const std::pair<QString, const std::string*> tokens[] = {{tr("ID token"), &session.idToken},
                                                             {tr("Access token"), &session.accessToken},
                                                             {tr("Refresh token"), &session.refreshToken}};
    for (const auto& [name, token] : tokens)
        add(top, name, token->empty() ? tr("(none)") : glance.secret(*token),
            token->empty() ? QString() : tr("taken apart under Tokens"));
}

QString CookiesView::currentValue() const {
    return currentItem() ? currentItem()->text(1) : QString();
}

} // namespace gatehouse::live
