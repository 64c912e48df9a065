#include <desk/text.h>

#include <QApplication>
#include <QCloseEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <window/mainWindow.h>
#include <window/problemsPanel.h>
#include <window/startPage.h>
#include <window/statusStrip.h>
#include <window/storeCard.h>

namespace gatehouse::window {

namespace {

constexpr QSize firstSize(1280, 800), smallest(900, 560);

} // namespace

MainWindow::MainWindow(desk::Desk& desk)
    : desk_(desk), actions_(this), rail_(new Rail(this)), bar_(new look::MessageBar(this)),
      splitter_(new QSplitter(this)), pages_(new QStackedWidget(this)), start_(new StartPage(desk, this)),
      problems_(new ProblemsPanel(desk, this)), runState_(new look::Badge(this)), labTitle_(new QLabel(this)),
      run_(desk, *bar_, this) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(look::icon(QStringLiteral("gatehouse"), look::Token::Accent));
    setMinimumSize(smallest);
    resize(firstSize);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar_);
    splitter_->addWidget(pages_);
    splitter_->setChildrenCollapsible(false);
    column->addWidget(splitter_, 1);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(rail_);
    row->addLayout(column, 1);
    auto* centre = new QWidget(this);
    centre->setLayout(row);
    setCentralWidget(centre);
    auto* status = new StatusStrip(desk_, this);
    setStatusBar(status);
    connect(status, &StatusStrip::storeClicked, this, [this] {
        auto* card = new StoreCard(desk_, this);
        card->setAttribute(Qt::WA_DeleteOnClose);
        card->QDialog::show();
    });

    addPage(QStringLiteral("start"), QStringLiteral("start"), tr("Start"),
            tr("Run the demo, protect a service, open a lab"), start_);
    addLabActions();
    addImportActions();
    addRunActions();
    addViewActions();

    connect(rail_, &Rail::chosen, this, &MainWindow::showPage);
    connect(start_, &StartPage::demoWanted, this, &MainWindow::runDemo);
    connect(start_, &StartPage::protectWanted, this, &MainWindow::protect);
    connect(start_, &StartPage::emptyWanted, this, [this] { openTemplate(QStringLiteral("empty")); });
    connect(start_, &StartPage::openWanted, this, &MainWindow::openByDialog);
    connect(start_, &StartPage::recentWanted, this,
            [this](const QString& file) { unlessUnsaved([this, file] { openFile(file); }); });
    connect(problems_, &ProblemsPanel::countChanged, this,
            [this](int refused) { rail_->setCount(QStringLiteral("problems"), refused); });
    connect(&desk_.navigator, &desk::Navigator::pageWanted, this, &MainWindow::showPage);
    connect(&desk_.navigator, &desk::Navigator::fieldWanted, this,
            [this] { showPage(QStringLiteral("setup")); });
    connect(&desk_.navigator, &desk::Navigator::placeWanted, this,
            [this] { showPage(QStringLiteral("setup")); });
    connect(&desk_.navigator, &desk::Navigator::urlWanted, this,
            [this] { showPage(QStringLiteral("browser")); });
    connect(&desk_.navigator, &desk::Navigator::loginWanted, this,
            [this] { showPage(QStringLiteral("browser")); });
    connect(&desk_.navigator, &desk::Navigator::exchangeWanted, this, [this] {
        if (requests_ != nullptr && !requests_->isVisible())
            showPage(QStringLiteral("requests"));
    });
    connect(&desk_.navigator, &desk::Navigator::helpWanted, this, &MainWindow::showHelp);
    connect(&run_, &RunControl::changed, this, &MainWindow::showState);
    connect(&desk_.workspace, &desk::Workspace::opened, this, &MainWindow::showTitle);
    connect(&desk_.workspace, &desk::Workspace::opened, this, &MainWindow::showState);
    connect(&desk_.workspace, &desk::Workspace::modifiedChanged, this, &MainWindow::showTitle);
    connect(&desk_.workspace, &desk::Workspace::undoChanged, this, &MainWindow::showState);
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow() = default;

void MainWindow::addPage(const QString& name, const QString& icon, const QString& text, const QString& help,
                         QWidget* page) {
    pages_->addWidget(page);
    pageOf_[name] = page;
    rail_->add(name, icon, text, help);
    if (rail_->current().isEmpty())
        rail_->setCurrent(name);
    const int number = static_cast<int>(pageOf_.size());
    look::Actions::Row row;
    row.name = QStringLiteral("page.") + name;
    row.menu = QStringLiteral("View");
    row.text = text;
    row.help = help;
    row.icon = icon;
    row.shortcut = QKeySequence(QStringLiteral("Alt+%1").arg(number));
    actions_.add(row, [this, name] { showPage(name); });
}

void MainWindow::setRequests(QWidget* requests) {
    requests_ = requests;
    splitter_->addWidget(requests);
    splitter_->setStretchFactor(0, 1);
    splitter_->setStretchFactor(1, 1);
    splitter_->setSizes({firstSize.width() / 2, firstSize.width() / 2});
    auto* placeholder = new QWidget(this); // the page is the splitter's other half
    addPage(QStringLiteral("requests"), QStringLiteral("requests"), tr("Requests"),
            tr("Every request, what was decided, and why"), placeholder);
    requests->hide();
}

void MainWindow::finish() {
    addPage(QStringLiteral("problems"), QStringLiteral("problems"), tr("Problems"),
            tr("What is wrong with the lab, and what to do about it"), problems_);
    makeMenus();
    makeToolBar();
    palette_ = new Palette(actions_, this);
    restoreGeometry(desk_.settings.windowState(QStringLiteral("geometry")));
    splitter_->restoreState(desk_.settings.windowState(QStringLiteral("splitter")));
    showTitle();
    showState();
    showPage(QStringLiteral("start"));
}

void MainWindow::showPage(const QString& name) {
    const auto page = pageOf_.constFind(name);
    if (page == pageOf_.constEnd())
        return;
    rail_->setCurrent(name);
    pages_->setCurrentWidget(*page);
    const bool alone = name == QStringLiteral("requests");
    pages_->setVisible(!alone);
    if (requests_ != nullptr)
        requests_->setVisible(alone || name == QStringLiteral("browser"));
}

void MainWindow::openFile(const QString& file) {
    if (auto opened = desk_.workspace.open(file); !opened) {
        say(opened.error());
        return;
    }
    desk_.settings.addRecentLab(desk_.workspace.file());
    showPage(QStringLiteral("setup"));
}

void MainWindow::say(const Error& error) {
    bar_->say(look::Mood::Bad, desk::words(error), desk::advice(error));
}

void MainWindow::showTitle() {
    const QString title = desk_.workspace.title();
    const bool modified = desk_.workspace.isModified();
    setWindowTitle(title.isEmpty() ? QStringLiteral("Gatehouse") : title + QStringLiteral("[*] – Gatehouse"));
    setWindowModified(modified && !title.isEmpty());
    labTitle_->setText(!desk_.workspace.isOpen() ? tr("No lab is open")
                       : modified                ? tr("%1 (not saved)").arg(title)
                                                 : title);
}

void MainWindow::showState() {
    using State = desk::EngineBridge::State;
    const State state = desk_.engine.state();
    const bool changes = run_.hasChanges();
    runState_->show(changes ? look::Mood::Warning : moodOf(state),
                    changes ? tr("Running, with changes to apply") : nameOf(state));
    const bool open = desk_.workspace.isOpen();
    QAction* run = actions_[QStringLiteral("run.start")];
    run->setText(state == State::Running ? tr("&Apply changes") : tr("&Run"));
    run->setEnabled(open && state != State::Starting && state != State::Stopping &&
                    (state != State::Running || changes));
    actions_[QStringLiteral("run.stop")]->setEnabled(state == State::Running || state == State::Starting);
    for (const char* name : {"lab.save", "lab.saveAs", "lab.close"})
        actions_[QString::fromLatin1(name)]->setEnabled(open);
    QAction* undo = actions_[QStringLiteral("edit.undo")];
    undo->setEnabled(desk_.workspace.canUndo());
    undo->setText(desk_.workspace.canUndo() ? tr("&Undo: %1").arg(desk_.workspace.undoName()) : tr("&Undo"));
    QAction* redo = actions_[QStringLiteral("edit.redo")];
    redo->setEnabled(desk_.workspace.canRedo());
    redo->setText(desk_.workspace.canRedo() ? tr("&Redo: %1").arg(desk_.workspace.redoName()) : tr("&Redo"));
    if (state == State::Running && demoLogsIn_) {
        demoLogsIn_ = false;
        // When everybody else has heard that the lab runs: the browser has to know its users first.
        QTimer::singleShot(0, this, [this] { emit desk_.navigator.loginWanted(QStringLiteral("alice")); });
    }
}

void MainWindow::closeEvent(QCloseEvent* event) {
    desk_.workspace.gather();
    if (!closing_ && hasUnsavedWork()) {
        event->ignore();
        unlessUnsaved([this] {
            closing_ = true;
            close();
        });
        return;
    }
    desk_.settings.setWindowState(QStringLiteral("geometry"), saveGeometry());
    desk_.settings.setWindowState(QStringLiteral("splitter"), splitter_->saveState());
    QMainWindow::closeEvent(event);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    // The system's scheme may change while we run; a scheme of the person's own stays.
    if (watched == qApp && event->type() == QEvent::ThemeChange &&
        desk_.settings.theme() == desk::Settings::Theme::System)
        look::apply(*qApp, look::schemeOf(desk::Settings::Theme::System));
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

} // namespace gatehouse::window
