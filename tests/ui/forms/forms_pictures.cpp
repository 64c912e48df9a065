// Pictures of each kind of form, light and dark, of the real widgets: forms_pictures FOLDER
#include "deskFixture.h"

#include <lab/templates.h>

#include <QDir>
#include <QTabBar>
#include <cstdio>

using namespace gatehouse;
using forms::DeskFixture;

namespace {

struct Picture {
    const char *name, *path, *section;
    bool source;
};
static const Picture wanted[] = {
    {"lab", "", "", false},
    {"listener", "/listeners/0", "", false},
    {"provider", "/providers/0", "", false},
    {"realm", "/providers/0/realms/0", "", false},
    {"otp", "/providers/0/realms/0", "OTP Policy", false},
    {"client", "/providers/0/realms/0/clients/0", "", true},
    {"mapper", "/providers/0/realms/0/clients/0/protocolMappers/0", "", false},
    {"group", "/providers/0/realms/0/groups/0", "", false},
    {"user", "/providers/0/realms/0/users/0", "", false},
    {"credential", "/providers/0/realms/0/users/0/credentials/1", "", false},
    {"scopes-none", "/providers/0/realms/0/clientScopes", "", false},
    {"gate", "/gates/0", "", true},
    {"controller", "/controller", "", false},
    {"ingress", "/ingresses/0", "", false},
    {"path", "/ingresses/0/rules/0/http/paths/0", "", false},
    {"service", "/services/1", "", false},
    {"rehearsals", "/rehearsals", "", false},
    {"rehearsal", "/rehearsals/1", "", false},
};

bool take(DeskFixture& at, const QString& file) {
    QApplication::processEvents();
    return at.window->grab().save(file);
}

bool show(DeskFixture& at, const Picture& each) {
    auto* button = at.find<QToolButton>("forms.showSource");
    if (button->isChecked() != each.source)
        QTest::mouseClick(button, Qt::LeftButton);
    return at.choose(each.path, each.section);
}

} // namespace

int main(int count, char** arguments) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(count, arguments);
    QApplication::setCursorFlashTime(0);
    const QDir folder(count > 1 ? arguments[1] : ".");
    DeskFixture at;
    for (const look::Scheme scheme : {look::Scheme::Light, look::Scheme::Dark}) {
        look::apply(application, scheme);
        const QString ending = scheme == look::Scheme::Light ? "-light.png" : "-dark.png";
        at.open(lab::templates().front().text);
        at.desk->workspace.compile();
        for (const Picture& each : wanted)
            if (!show(at, each) || !take(at, folder.filePath(each.name + ending))) {
                std::fprintf(stderr, "no picture of %s\n", each.name);
                return 1;
            }
        at.choose("/providers/0/realms/0/clients/0");
        at.find<QTabBar>("forms.tabs")->setCurrentIndex(1);
        take(at, folder.filePath("preview" + ending));
        at.choose("/listeners/0");
        at.type("lab/listeners/*/bind", "nowhere");
        take(at, folder.filePath("mistake" + ending));
        QTest::mouseClick(at.find<QToolButton>("forms.showReview"), Qt::LeftButton);
        take(at, folder.filePath("review" + ending));
        at.find<QLineEdit>("forms.search")->setFocus();
        at.find<QLineEdit>("forms.search")->clear();
        QTest::keyClicks(at.find<QLineEdit>("forms.search"), "group");
        QTest::keyClick(at.find<QLineEdit>("forms.search"), Qt::Key_Down);
        take(at, folder.filePath("search" + ending));
    }
    return 0;
}
