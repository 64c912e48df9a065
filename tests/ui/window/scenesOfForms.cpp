// Each kind of form of the setup page, and what stands beside it.
#include "scenes.h"

#include <desk/text.h>

#include <QLineEdit>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

namespace gatehouse::window::testing {

namespace {

Scene form(const char* scene, const char* path, const char* section = "", bool source = false) {
    return {scene, [path, section, source](WholeWindow& at) -> QWidget* {
                at.choose(path, section);
                at.check("forms.source", source);
                return &at.window();
            }};
}

} // namespace

std::vector<Scene> scenesOfForms() {
    return {
        form("form-lab", ""),
        form("form-listener", "/listeners"),
        form("form-provider", "/providers/0"),
        form("form-realm", "/providers/0/realms/0"),
        form("form-second-factor", "/providers/0/realms/0", "OTP Policy"),
        form("form-client", "/providers/0/realms/0/clients/0", "", true),
        form("form-mapper", "/providers/0/realms/0/clients/0/protocolMappers/0"),
        form("form-group", "/providers/0/realms/0/groups/0"),
        form("form-user", "/providers/0/realms/0/users/0"),
        form("form-credential", "/providers/0/realms/0/users/0/credentials/1"),
        form("form-scopes-none", "/providers/0/realms/0/clientScopes"),
        form("form-gate", "/gates/0"),
        form("form-gate-source", "/gates/0", "", true),
        form("form-controller", "/controller"),
        form("form-ingress", "/ingresses/0"),
        form("form-path", "/ingresses/0/rules/0/http/paths/0"),
        form("form-service", "/services/1"),
        form("form-rehearsals", "/rehearsals"),
        form("form-rehearsal", "/rehearsals/1"),
        {"form-preview",
         [](WholeWindow& at) -> QWidget* {
             at.choose("/providers/0/realms/0/clients/0");
             at.find<QTabBar>("forms.tabs").setCurrentIndex(1);
             return &at.window();
         }},
        {"form-search",
         [](WholeWindow& at) -> QWidget* {
             at.choose("/gates/0");
             at.type("forms.search", QStringLiteral("group"));
             QTest::keyClick(&at.find<QLineEdit>("forms.search"), Qt::Key_Down);
             return &at.window();
         }},
        {"form-mistake",
         [](WholeWindow& at) -> QWidget* {
             if (auto set = at.desk().workspace.set(QStringLiteral("/gates/0/options/cookie-expire"),
                                                    Node::scalar("soon"), QStringLiteral("Cookie Expire"));
                 !set)
                 qFatal("%s", qPrintable(desk::whole(set.error())));
             at.desk().workspace.compile();
             at.choose("/gates/0");
             return &at.window();
         }},
        {"form-review",
         [](WholeWindow& at) -> QWidget* {
             at.press("forms.review");
             return &at.window();
         }},
    };
}

} // namespace gatehouse::window::testing
