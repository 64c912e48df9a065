// A lab that runs: the browser beside the requests, one-time codes, changes that wait, and the end.
#include "scenes.h"

#include <QTest>
#include <QToolButton>
#include <browser/browserPanel.h>

namespace gatehouse::window::testing {

namespace {

void edit(WholeWindow& at) {
    if (auto set = at.desk().workspace.set(QStringLiteral("/gates/0/options/scope"),
                                           Node::scalar("openid email"), QStringLiteral("Scope"));
        !set)
        qFatal("the change is not taken");
    at.desk().workspace.compile();
}

} // namespace

std::vector<Scene> scenesOfRunning() {
    return {
        {"running",
         [](WholeWindow& at) -> QWidget* {
             at.openStory();
             at.window().showPage(QStringLiteral("browser"));
             at.run();
             return &at.window();
         }},
        {"requests-none-yet",
         [](WholeWindow& at) -> QWidget* {
             at.window().showPage(QStringLiteral("requests"));
             return &at.window();
         }},
        {"codes-hidden",
         [](WholeWindow& at) -> QWidget* {
             at.window().showPage(QStringLiteral("browser"));
             at.check("browser.codes", true);
             return &at.window();
         },
         true},
        {"codes-shown",
         [](WholeWindow& at) -> QWidget* {
             at.window().showPage(QStringLiteral("browser"));
             at.check("browser.codes", true);
             at.click("browser.totpShow");
             at.click("browser.totpQr");
             return &at.window();
         },
         true},
        {"browser-logged-in",
         [](WholeWindow& at) -> QWidget* {
             at.logIn("alice");
             return &at.window();
         },
         true},
        {"browser-refused",
         [](WholeWindow& at) -> QWidget* {
             emit at.desk().navigator.urlWanted(QUrl(QStringLiteral("https://example.org/")));
             return &at.window();
         },
         true},
        {"running-changes",
         [](WholeWindow& at) -> QWidget* {
             edit(at);
             at.press("forms.review");
             return &at.window();
         },
         true},
        {"stopped",
         [](WholeWindow& at) -> QWidget* {
             at.window().showPage(QStringLiteral("browser"));
             at.stop();
             return &at.window();
         },
         true},
    };
}

} // namespace gatehouse::window::testing
