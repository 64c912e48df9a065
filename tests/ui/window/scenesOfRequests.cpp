// The live requests: the list with the story in it, each part of the detail, and why a list may show nothing.
#include "scenes.h"

#include <QLineEdit>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <live/livePanel.h>

namespace gatehouse::window::testing {

namespace {

Scene tab(const char* scene, int number) {
    return {scene, [number](WholeWindow& at) -> QWidget* {
                at.window().showPage(QStringLiteral("requests"));
                at.selectWhoami();
                at.find<QTabWidget>("live.tabs").setCurrentIndex(number);
                return &at.window();
            }};
}

Scene filtered(const char* scene, const char* text) {
    return {scene, [text](WholeWindow& at) -> QWidget* {
                at.window().showPage(QStringLiteral("requests"));
                at.type("live.filter", QString::fromLatin1(text));
                QTest::keyClick(&at.find<QLineEdit>("live.filter"), Qt::Key_Escape); // the offers
                at.find<QLineEdit>("live.filter").setText(QString::fromLatin1(text));
                QTest::keyClick(&at.find<QLineEdit>("live.filter"), Qt::Key_Return);
                return &at.window();
            }};
}

} // namespace

std::vector<Scene> scenesOfRequests() {
    return {
        {"requests-list",
         [](WholeWindow& at) -> QWidget* {
             at.openStory();
             at.window().showPage(QStringLiteral("requests"));
             at.tellStory();
             return &at.window();
         }},
        tab("requests-headers", 0),
        tab("requests-decision", 1),
        tab("requests-cookies", 2),
        tab("requests-tokens", 3),
        tab("requests-body", 4),
        tab("requests-raw", 5),
        tab("requests-timing", 6),
        filtered("requests-filter", "status:4xx"),
        filtered("requests-filter-mistake", "status:4xx and (host:who"),
        filtered("requests-filtered-out", "host:nowhere"),
        {"requests-paused",
         [](WholeWindow& at) -> QWidget* {
             at.window().showPage(QStringLiteral("requests"));
             at.check("requests.pause", true);
             at.tellStory();
             return &at.window();
         }},
        {"requests-cleared",
         [](WholeWindow& at) -> QWidget* {
             at.window().showPage(QStringLiteral("requests"));
             at.press("requests.clear");
             return &at.window();
         }},
    };
}

} // namespace gatehouse::window::testing
