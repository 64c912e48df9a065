// What the window itself can do: labs, running, pages, schemes. Panels add their own to the same registry.
#include <desk/text.h>
#include <http/url.h>
#include <lab/templates.h>

#include <QApplication>
#include <QFileDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QToolBar>
#include <window/helpDock.h>
#include <window/mainWindow.h>

namespace gatehouse::window {

using Row = look::Actions::Row;

void MainWindow::addLabActions() {
    const QString menu = QStringLiteral("Lab");
    actions_.add(Row{QStringLiteral("lab.new"), menu, tr("&New"), tr("Start from an empty lab"),
                     QStringLiteral("new"), QKeySequence::New},
                 [this] { unlessUnsaved([this] { openTemplate(QStringLiteral("empty")); }); });
    actions_.add(Row{QStringLiteral("lab.demo"),
                     menu,
                     tr("Run the &demo"),
                     tr("The story's lab: run it and log in as alice"),
                     QStringLiteral("play"),
                     {}},
                 [this] { runDemo(); });
    actions_.add(Row{QStringLiteral("lab.open"), menu, tr("&Open…"), tr("Open a lab from a file"),
                     QStringLiteral("open"), QKeySequence::Open},
                 [this] { openByDialog(); });
    actions_.add(Row{QStringLiteral("lab.save"), menu, tr("&Save"), tr("Write the lab to its file"),
                     QStringLiteral("save"), QKeySequence::Save},
                 [this] { save(); });
    actions_.add(Row{QStringLiteral("lab.saveAs"),
                     menu,
                     tr("Save &as…"),
                     tr("Write the lab to another file"),
                     {},
                     QKeySequence::SaveAs},
                 [this] { saveAs(); });
    actions_.add(Row{QStringLiteral("lab.close"),
                     menu,
                     tr("&Close the lab"),
                     tr("Put the lab away; what runs goes on"),
                     {},
                     {}},
                 [this] {
                     unlessUnsaved([this] {
                         desk_.workspace.close();
                         showPage(QStringLiteral("start"));
                     });
                 });
    actions_.add(Row{QStringLiteral("window.quit"),
                     menu,
                     tr("&Quit"),
                     tr("Stop what runs and close the window"),
                     {},
                     QKeySequence::Quit},
                 [this] { close(); });
    actions_.add(Row{QStringLiteral("edit.undo"), QStringLiteral("Edit"), tr("&Undo"),
                     tr("Take back the last change of the lab"), QStringLiteral("undo"), QKeySequence::Undo},
                 [this] { desk_.workspace.undo(); });
    actions_.add(Row{QStringLiteral("edit.redo"), QStringLiteral("Edit"), tr("&Redo"),
                     tr("Make the change again"), QStringLiteral("redo"), QKeySequence::Redo},
                 [this] { desk_.workspace.redo(); });
}

void MainWindow::addRunActions() {
    const QString menu = QStringLiteral("Run");
    actions_.add(Row{QStringLiteral("run.start"), menu, tr("&Run"),
                     tr("Run the lab, or apply its changes to what runs"), QStringLiteral("play"),
                     QKeySequence(Qt::Key_F5)},
                 [this] { run_.run(); });
    actions_.add(Row{QStringLiteral("run.stop"), menu, tr("&Stop"),
                     tr("Stop serving; logins and tunnels end"), QStringLiteral("stop"),
                     QKeySequence(Qt::SHIFT | Qt::Key_F5)},
                 [this] { run_.stop(); });
}

void MainWindow::addViewActions() {
    const QString menu = QStringLiteral("View");
    actions_.add(Row{QStringLiteral("view.palette"), menu, tr("Command &palette…"),
                     tr("Find any command by typing"), QStringLiteral("palette"),
                     QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)},
                 [this] { palette_->open(); });
    const auto theme = [&](const char* name, const QString& text, const QString& help,
                           desk::Settings::Theme value) {
        actions_.add(Row{QString::fromLatin1(name), menu, text, help, QStringLiteral("theme"), {}},
                     [this, value] { setTheme(value); });
    };
    theme("view.themeSystem", tr("Colours: as the &system"), tr("Light or dark, as the system says"),
          desk::Settings::Theme::System);
    theme("view.themeLight", tr("Colours: &light"), tr("Dark text on light ground"),
          desk::Settings::Theme::Light);
    theme("view.themeDark", tr("Colours: &dark"), tr("Light text on dark ground"),
          desk::Settings::Theme::Dark);
    theme("view.themeHighContrast", tr("Colours: &high contrast"),
          tr("White and yellow on black, with outlines"), desk::Settings::Theme::HighContrast);
    actions_.add(Row{QStringLiteral("view.fullScreen"),
                     menu,
                     tr("&Full screen"),
                     tr("The window fills the screen"),
                     {},
                     QKeySequence::FullScreen,
                     true},
                 [this](bool on) {
                     setWindowState(on ? windowState() | Qt::WindowFullScreen
                                       : windowState() & ~Qt::WindowFullScreen);
                 });
    actions_.add(Row{QStringLiteral("help.page"), QStringLiteral("Help"), tr("&Guide to this page"),
                     tr("What this page is for, in plain words"), QStringLiteral("help"),
                     QKeySequence::HelpContents},
                 [this] { showHelp(currentPage()); });
}

void MainWindow::showHelp(const QString& page) {
    if (help_ == nullptr) {
        help_ = new HelpDock(this);
        addDockWidget(Qt::RightDockWidgetArea, help_);
    }
    help_->open(page);
}

void MainWindow::setTheme(desk::Settings::Theme theme) {
    desk_.settings.setTheme(theme);
    look::apply(*qApp, look::schemeOf(theme));
}

void MainWindow::makeMenus() {
    // In this order; the key is what a row says, whatever language the window speaks.
    const std::pair<const char*, QString> titles[] = {
        {"Lab", tr("&Lab")},         {"Edit", tr("&Edit")},       {"Run", tr("&Run")},
        {"View", tr("&View")},       {"Browser", tr("&Browser")}, {"Requests", tr("Re&quests")},
        {"Cluster", tr("&Cluster")}, {"Help", tr("&Help")}};
    for (const auto& [key, title] : titles) {
        QMenu* menu = nullptr;
        for (const Row& row : actions_.rows()) {
            if (row.menu != QLatin1String(key))
                continue;
            if (menu == nullptr)
                menu = menuBar()->addMenu(title);
            menu->addAction(actions_[row.name]);
        }
    }
}

void MainWindow::makeToolBar() {
    auto* bar = new QToolBar(tr("Lab"), this);
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setIconSize({18, 18});
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    QFont bold = labTitle_->font();
    bold.setBold(true);
    labTitle_->setFont(bold);
    labTitle_->setObjectName(QStringLiteral("labTitle"));
    labTitle_->setContentsMargins(look::space, 0, look::spaceLarge, 0);
    bar->addWidget(labTitle_);
    bar->addAction(actions_[QStringLiteral("run.start")]);
    bar->addAction(actions_[QStringLiteral("run.stop")]);
    runState_->setObjectName(QStringLiteral("runState"));
    auto* gap = new QWidget(this);
    gap->setFixedWidth(look::space);
    bar->addWidget(gap);
    bar->addWidget(runState_);
    auto* stretch = new QWidget(this);
    stretch->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(stretch);
    bar->addAction(actions_[QStringLiteral("view.palette")]);
    for (QAction* action : bar->actions()) // so that tests and screen readers find them
        if (QWidget* button = bar->widgetForAction(action);
            button != nullptr && button->objectName().isEmpty())
            button->setObjectName(QStringLiteral("toolBar.") + action->objectName());
    addToolBar(bar);
}

void MainWindow::openTemplate(const QString& name) {
    for (const lab::Template& one : lab::templates()) {
        if (one.name != desk::utf8(name))
            continue;
        desk_.workspace.openText(desk::qt(one.text), name + QStringLiteral(".gatehouse.yaml"));
        showPage(QStringLiteral("setup"));
        return;
    }
}

void MainWindow::protect(const QString& url, const QString& host) {
    const auto parsed = http::parseUrl(desk::utf8(url));
    if (!parsed) {
        say(parsed.error());
        return;
    }
    unlessUnsaved([this, url = *parsed, host] {
        desk_.workspace.openText(desk::qt(lab::protectTemplate(url, desk::utf8(host))),
                                 host + QStringLiteral(".gatehouse.yaml"));
        showPage(QStringLiteral("setup"));
        run_.run();
    });
}

void MainWindow::runDemo() {
    unlessUnsaved([this] {
        openTemplate(QStringLiteral("story"));
        demoLogsIn_ = true;
        showPage(QStringLiteral("browser"));
        run_.run();
    });
}

void MainWindow::openByDialog() {
    unlessUnsaved([this] {
        auto* dialog = new QFileDialog(this, tr("Open a lab"), QString(),
                                       tr("Labs (*.gatehouse.yaml *.yaml *.yml);;All files (*)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openFile);
        dialog->open();
    });
}

void MainWindow::save(std::function<void()> then) {
    if (desk_.workspace.file().isEmpty()) {
        saveAs(std::move(then));
        return;
    }
    if (auto saved = desk_.workspace.save(); !saved) {
        say(saved.error());
        return;
    }
    emit desk_.navigator.said(tr("Saved %1.").arg(desk_.workspace.file()));
    if (then)
        then();
}

void MainWindow::saveAs(std::function<void()> then) {
    auto* dialog =
        new QFileDialog(this, tr("Save the lab"), desk_.workspace.title(), tr("Labs (*.gatehouse.yaml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("gatehouse.yaml"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, then = std::move(then)](const QString& file) {
        if (auto saved = desk_.workspace.saveAs(file); !saved) {
            say(saved.error());
            return;
        }
        desk_.settings.addRecentLab(desk_.workspace.file());
        showTitle();
        emit desk_.navigator.said(tr("Saved %1.").arg(desk_.workspace.file()));
        if (then)
            then();
    });
    dialog->open();
}

// A template that nobody has changed needs no question; undo says whether somebody did.
bool MainWindow::hasUnsavedWork() const {
    return desk_.workspace.isModified() && (!desk_.workspace.file().isEmpty() || desk_.workspace.canUndo());
}

void MainWindow::unlessUnsaved(std::function<void()> then) {
    desk_.workspace.gather();
    if (!hasUnsavedWork()) {
        then();
        return;
    }
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Unsaved changes"),
                                tr("%1 has changes that are not saved.").arg(desk_.workspace.title()),
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("unsavedBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("Without saving they are gone."));
    QPushButton* saving = box->addButton(tr("&Save"), QMessageBox::AcceptRole);
    QPushButton* without = box->addButton(tr("&Go on without saving"), QMessageBox::DestructiveRole);
    box->addButton(tr("&Stay here"), QMessageBox::RejectRole);
    box->setDefaultButton(saving);
    connect(box, &QMessageBox::buttonClicked, this,
            [this, saving, without, then = std::move(then)](QAbstractButton* clicked) {
                if (clicked == saving)
                    save(then);
                else if (clicked == without)
                    then();
            });
    box->open();
}

} // namespace gatehouse::window
