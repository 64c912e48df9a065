// The story's lab, from an empty one, by keys and clicks in its forms. A step says at what it failed; an
// empty text: it is done.
#pragma once

#include "formsHands.h"

namespace gatehouse::forms {

#define DO(action)                                                                                           \
    do {                                                                                                     \
        if (!(action))                                                                                       \
            return QStringLiteral(#action);                                                                  \
    } while (false)
#define SET(id, text) DO(hands_.type(id, text))

class StoryByForms {
public:
    using Step = QString (StoryByForms::*)();
    explicit StoryByForms(const FormsHands& hands) : hands_(hands) {}

    QString listeners() {
        DO(hands_.add("/listeners"));
        SET("lab/listeners/*/name", "https");
        SET("lab/listeners/*/bind", "127.0.0.1:8443");
        SET("lab/listeners/*/public", "443");
        DO(hands_.add("/listeners"));
        SET("lab/listeners/*/name", "http");
        SET("lab/listeners/*/bind", "127.0.0.1:8080");
        SET("lab/listeners/*/public", "80");
        DO(hands_.add("/listeners"));
        SET("lab/listeners/*/name", "proxy");
        SET("lab/listeners/*/bind", "127.0.0.1:8888");
        DO(hands_.check("lab/listeners/*/connect", Qt::Checked));
        DO(hands_.root()["listeners"].size() == std::size_t(3));
        DO(hands_.root()["listeners"].items()[2]["connect"].text() == "true");
        return {};
    }

    QString providerAndRealm() {
        DO(hands_.add("/providers"));
        SET("lab/providers/*/url", "https://keycloak.domain.tld");
        DO(hands_.add("/providers/0/realms"));
        SET("realm/realm/realm", "demo");
        DO(hands_.root()["providers"].items()[0]["realms"].items()[0]["realm"].text() == "demo");
        return {};
    }

    QString group() {
        DO(hands_.add("/providers/0/realms/0/groups"));
        SET("realm/group/name", "oauth2-proxy");
        return {};
    }

    QString clientWithItsMapper() {
        DO(hands_.add("/providers/0/realms/0/clients"));
        SET("realm/client/clientId", "oauth2-proxy");
        SET("realm/client/secret", "oauth2-proxy-client");
        DO(hands_.enter("realm/client/redirectUris", "https://whoami.domain.tld/oauth2/callback"));
        DO(hands_.add("/providers/0/realms/0/clients/0/protocolMappers"));
        SET("realm/mapper/name", "groups");
        SET("realm/mapper/config.claim.name", "groups");
        DO(hands_.check("realm/mapper/config.userinfo.token.claim", Qt::Checked));
        return {};
    }

    QString users() {
        int number = 0;
        for (const char* name : {"alice", "bob"}) {
            const QString user = QString("/providers/0/realms/0/users/%1").arg(number++);
            DO(hands_.add("/providers/0/realms/0/users"));
            SET("realm/user/username", name);
            SET("realm/user/email", qPrintable(QString(name) + "@domain.tld"));
            SET("realm/user/firstName", name);
            SET("realm/user/lastName", "Example");
            DO(hands_.check("realm/user/emailVerified", Qt::Checked));
            if (number == 1)
                DO(hands_.enter("realm/user/groups", "/oauth2-proxy"));
            DO(hands_.add(user + "/credentials")); // a password
            DO(hands_.add(user + "/credentials"));
            DO(hands_.pick("realm/credential/type", "otp"));
        }
        const Node& bob = hands_.root()["providers"].items()[0]["realms"].items()[0]["users"].items()[1];
        DO(bob["credentials"].items()[0]["value"]["secret"].text() == "bob-password");
        DO(bob["credentials"].items()[1]["secretData"]["secret"].text() == "bob-totp");
        DO(bob["credentials"].items()[1]["value"].isAbsent());
        return {};
    }

    QString gate() {
        DO(hands_.add("/gates"));
        DO(hands_.pick("gate/provider", "keycloak-oidc") || hands_.type("gate/provider", "keycloak-oidc"));
        SET("gate/oidc-issuer-url", "https://keycloak.domain.tld/realms/demo");
        SET("gate/client-id", "oauth2-proxy");
        SET("gate/client-secret", "oauth2-proxy-client");
        SET("gate/cookie-secret", "oauth2-proxy-cookie");
        SET("gate/scope", "openid email profile");
        DO(hands_.type("gate/code-challenge-method", "S256"));
        DO(hands_.enter("gate/allowed-group", "oauth2-proxy"));
        DO(hands_.enter("gate/email-domain", "*"));
        DO(hands_.check("gate/reverse-proxy", Qt::Checked));
        DO(hands_.enter("gate/trusted-proxy-ip", "127.0.0.1/32"));
        DO(hands_.enter("gate/upstream", "static://202"));
        SET("gate/http-address", "0.0.0.0:4180");
        return {};
    }

    QString controller() {
        DO(hands_.choose("/controller"));
        DO(hands_.check("controller/proxy-add-original-uri-header", Qt::Checked));
        DO(hands_.text().contains("proxy-add-original-uri-header: \"true\""));
        return {};
    }

    QString services() {
        DO(hands_.add("/services"));
        SET("lab/services/*/name", "whoami");
        DO(hands_.add("/services"));
        SET("lab/services/*/name", "oauth2-proxy");
        SET("lab/services/*/port", "4180");
        DO(hands_.pick("lab/services/*/runs", "gate"));
        DO(hands_.root()["services"].items()[1]["runs"]["gate"].text() == "oauth2-proxy");
        return {};
    }

    QString ingresses() {
        struct Wanted {
            const char *name, *path, *service, *port;
        };
        int number = 0;
        for (const Wanted& each : {Wanted{"whoami", "/", "whoami", "80"},
                                   Wanted{"whoami-oauth2-proxy", "/oauth2", "oauth2-proxy", "4180"}}) {
            const QString ingress = QString("/ingresses/%1").arg(number++);
            DO(hands_.add("/ingresses"));
            SET("lab/ingresses/*/name", each.name);
            if (number == 1) {
                SET("annotation/auth-url", "https://$host/oauth2/auth");
                SET("annotation/auth-signin", "https://$host/oauth2/start?rd=$escaped_request_uri");
            }
            DO(hands_.add(ingress + "/tls"));
            DO(hands_.enter("lab/ingresses/*/tls/*/hosts", "whoami.domain.tld"));
            SET("lab/ingresses/*/tls/*/secretName", "whoami-domain-cert");
            DO(hands_.add(ingress + "/rules"));
            SET("lab/ingresses/*/rules/*/host", "whoami.domain.tld");
            DO(hands_.add(ingress + "/rules/0/http/paths"));
            SET("lab/ingresses/*/rules/*/http/paths/*/path", each.path);
            SET("lab/ingresses/*/rules/*/http/paths/*/backend/service/name", each.service);
            SET("lab/ingresses/*/rules/*/http/paths/*/backend/service/port/number", each.port);
        }
        return {};
    }

    QString rehearsals() {
        DO(hands_.add("/rehearsals"));
        SET("lab/rehearsals/*/as", "alice");
        SET("lab/rehearsals/*/url", "https://whoami.domain.tld/");
        DO(hands_.add("/rehearsals"));
        SET("lab/rehearsals/*/as", "bob");
        SET("lab/rehearsals/*/url", "https://whoami.domain.tld/");
        SET("lab/rehearsals/*/expect", "denied");
        return {};
    }

    // All of it, in an order in which a person could do it.
    QString all() {
        for (const Step step : {&StoryByForms::listeners, &StoryByForms::providerAndRealm,
                                &StoryByForms::group, &StoryByForms::clientWithItsMapper,
                                &StoryByForms::users, &StoryByForms::gate, &StoryByForms::controller,
                                &StoryByForms::services, &StoryByForms::ingresses, &StoryByForms::rehearsals})
            if (const QString failed = (this->*step)(); !failed.isEmpty())
                return failed;
        return {};
    }

private:
    FormsHands hands_;
};

#undef SET
#undef DO

} // namespace gatehouse::forms
