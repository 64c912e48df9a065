// Manifests become a lab: from a folder that somebody applies to a cluster, or from one file.
#include <desk/text.h>

#include <QFileDialog>
#include <algorithm>
#include <user/manifests.h>
#include <window/mainWindow.h>
#include <window/problemsPanel.h>

namespace gatehouse::window {

using Row = look::Actions::Row;

void MainWindow::addImportActions() {
    const auto add = [this](const char* name, const QString& text, const QString& help, bool folder) {
        actions_.add(
            Row{QString::fromLatin1(name), QStringLiteral("Lab"), text, help, QStringLiteral("import"), {}},
            [this, folder] { importByDialog(folder); });
    };
    add("lab.importFolder", tr("&Import manifests…"),
        tr("Read a folder of Kubernetes manifests or realm exports into a lab"), true);
    add("lab.importFile", tr("Import one mani&fest…"),
        tr("Read one file of Kubernetes manifests, or a realm export, into a lab"), false);
}

void MainWindow::importByDialog(bool folder) {
    auto* dialog =
        new QFileDialog(this, folder ? tr("A folder of manifests") : tr("A manifest or a realm export"),
                        QString(), tr("Manifests (*.yaml *.yml *.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::importManifests);
    dialog->open();
}

void MainWindow::importManifests(const QString& path) {
    const std::string place = desk::utf8(path);
    const auto sources = user::readSources(place);
    if (!sources) {
        say(sources.error());
        return;
    }
    auto imported = kubernetes::read(*sources, user::nameOfSources(place));
    const auto refused =
        std::count_if(imported.problems.begin(), imported.problems.end(),
                      [](const Problem& each) { return each.kind == Problem::Kind::Refused; });
    const auto findings = imported.problems.size();
    if (!imported.value) {
        problems_->showImport(imported.problems);
        run_.offer(RunControl::Cure::ShowProblems);
        bar_->say(look::Mood::Bad, tr("%1 is not imported: nothing here has changed.").arg(path),
                  refused == 1 ? tr("One mistake in the manifests has to be cured first.")
                               : tr("%1 mistakes in the manifests have to be cured first.").arg(refused),
                  tr("Show them"));
        return;
    }
    const QString text = desk::qt(imported.value->text);
    const bool replaces = desk_.workspace.isOpen();
    desk_.workspace.gather();
    if (replaces)
        desk_.workspace.setText(text, tr("importing manifests"));
    else
        desk_.workspace.openText(text,
                                 desk::qt(user::nameOfSources(place)) + QStringLiteral(".gatehouse.yaml"));
    desk_.workspace.compile();
    problems_->showImport(imported.problems);
    showPage(QStringLiteral("setup"));
    run_.offer(replaces ? RunControl::Cure::Undo : RunControl::Cure::None);
    QString details = findings == 0   ? QString()
                      : findings == 1 ? tr("One finding stands on the page of problems.")
                                      : tr("%1 findings stand on the page of problems.").arg(findings);
    if (!imported.value->secrets.values.empty())
        details += (details.isEmpty() ? QString() : QStringLiteral(" ")) +
                   tr("The lab has only the names of secrets; their values stayed in the manifests.");
    bar_->say(findings == 0 ? look::Mood::Good : look::Mood::Warning,
              replaces ? tr("The manifests of %1 have taken the lab's place.").arg(path)
                       : tr("The manifests of %1 are a lab now.").arg(path),
              details, replaces ? tr("Undo") : QString());
}

} // namespace gatehouse::window
