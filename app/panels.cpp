#include <QCoreApplication>
#include <app/panels.h>
#include <browser/browserPanel.h>
#include <cluster/clusterPanel.h>
#include <forms/formsPanel.h>
#include <live/livePanel.h>
#include <window/mainWindow.h>

namespace gatehouse::app {

namespace {

QString words(const char* text) {
    return QCoreApplication::translate("panels", text);
}

} // namespace

void addPanels(window::MainWindow& window, desk::Desk& desk) {
    look::Actions& actions = window.actions();
    window.addPage(
        QStringLiteral("browser"), QStringLiteral("browser"), words(QT_TRANSLATE_NOOP("panels", "Browser")),
        words(QT_TRANSLATE_NOOP("panels", "The lab's pages under their real names, as any of its users")),
        new browser::BrowserPanel(desk, actions));
    window.setRequests(new live::LivePanel(desk, actions));
    window.addPage(QStringLiteral("setup"), QStringLiteral("setup"),
                   words(QT_TRANSLATE_NOOP("panels", "Setup")),
                   words(QT_TRANSLATE_NOOP(
                       "panels", "Realm, clients, gate, ingress: every setting, and the lab's text")),
                   new forms::FormsPanel(desk, actions));
    window.addPage(QStringLiteral("cluster"), QStringLiteral("cluster"),
                   words(QT_TRANSLATE_NOOP("panels", "Cluster")),
                   words(QT_TRANSLATE_NOOP("panels", "The lab as Kubernetes manifests")),
                   new cluster::ClusterPanel(desk, actions));
    window.finish();
}

} // namespace gatehouse::app
