#include <desk/text.h>

#include <QCoreApplication>
#include <algorithm>
#include <browser/labFacts.h>

namespace gatehouse::browser {

namespace {

void add(std::vector<Place>& places, const QString& text, const QUrl& url) {
    const bool known =
        std::any_of(places.begin(), places.end(), [&](const Place& place) { return place.url == url; });
    if (url.isValid() && !known)
        places.push_back({text.isEmpty() ? url.toDisplayString() : text, url});
}

QString say(const char* text) {
    return QCoreApplication::translate("browser", text);
}

} // namespace

QStringList usersOf(const arrangement::Arrangement& arrangement) {
    QStringList out;
    for (const lab::Provider& provider : arrangement.document->lab().providers)
        for (const realm::Realm& realm : provider.realms)
            for (const realm::User& user : realm.users)
                if (const QString name = desk::qt(user.username); !out.contains(name))
                    out.append(name);
    return out;
}

std::vector<Place> placesOf(const arrangement::Arrangement& arrangement) {
    const lab::Lab& lab = arrangement.document->lab();
    std::vector<Place> out;
    for (const lab::Rehearsal& rehearsal : lab.rehearsals)
        add(out, {}, QUrl(desk::qt(rehearsal.url.text())));
    for (const lab::IngressObject& object : lab.ingresses)
        for (const lab::IngressRule& rule : object.rules) {
            if (rule.host.empty() || rule.host.starts_with("*"))
                continue;
            const QString root =
                (object.tls.empty() ? QStringLiteral("http://") : QStringLiteral("https://")) +
                desk::qt(rule.host);
            add(out, {}, QUrl(root + QStringLiteral("/")));
            for (const lab::IngressPath& path : rule.paths)
                if (path.path.starts_with("/oauth2"))
                    add(out, say(GH_TEXT("browser", "Sign out at %1")).arg(desk::qt(rule.host)),
                        QUrl(root + QStringLiteral("/oauth2/sign_out")));
        }
    for (const lab::Provider& provider : lab.providers)
        for (const realm::Realm& realm : provider.realms)
            add(out, say(GH_TEXT("browser", "Discovery of the realm %1")).arg(desk::qt(realm.realm)),
                QUrl(desk::qt(provider.url.text()) + QStringLiteral("/realms/") + desk::qt(realm.realm) +
                     QStringLiteral("/.well-known/openid-configuration")));
    return out;
}

bool outlivesUs(const arrangement::Arrangement& arrangement) {
    return std::any_of(arrangement.providers.begin(), arrangement.providers.end(),
                       [](const arrangement::ProviderPlan& plan) { return plan.embedded == nullptr; });
}

} // namespace gatehouse::browser
