#include "storyWindow.h"

#include <desk/text.h>
#include <lab/templates.h>
#include <rehearsal/loginDriver.h>

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <app/panels.h>
#include <browser/browser.h>
#include <look/tokens.h>

namespace gatehouse::story {

using State = desk::EngineBridge::State;

StoryWindow::StoryWindow() {
    for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"})
        qputenv(name, home_.path().toUtf8());
    desk_ = std::make_unique<desk::Desk>();
    look::apply(*qApp, look::Scheme::Light);
    window_ = std::make_unique<window::MainWindow>(*desk_);
    app::addPanels(*window_, *desk_);
    window_->resize(1280, 800);
    window_->show();
    window_->activateWindow();
    desk_->vault.probe();
    if (!QTest::qWaitForWindowActive(window_.get()))
        qFatal("the window does not become active");
    browser_ = window_->findChild<browser::BrowserPanel*>();
    if (browser_ == nullptr)
        qFatal("the window has no browser");
}

StoryWindow::~StoryWindow() {
    window_.reset();
    desk_.reset();
}

void StoryWindow::picture(const char* name) {
    const QString folder = qEnvironmentVariable("GATEHOUSE_PICTURES");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    const auto drawn = [this] { return ask(QStringLiteral("window.ghDrawn === true")).toBool(); };
    if (browser_->browser() != nullptr && browser_->browser()->inputTarget() != nullptr &&
        browser_->browser()->inputTarget()->isVisible() &&
        QTest::qWaitFor([this] { return !browser_->browser()->isLoading(); }, glance)) {
        ask(QStringLiteral(
            "requestAnimationFrame(() => requestAnimationFrame(() => { window.ghDrawn = true; }))"));
        if (!QTest::qWaitFor(drawn, glance))
            qWarning("%s may show the page before", name);
    }
    for (int i = 0; i < 5; ++i) // lay out, restyle, paint
        QCoreApplication::processEvents();
    window_->grab().save(QStringLiteral("%1/%2.png").arg(folder, QString::fromLatin1(name)));
}

bool StoryWindow::click(const char* name) {
    auto* const button = find<QWidget>(name);
    if (!button->isVisible() || !button->isEnabled())
        return false;
    QTest::mouseClick(button, Qt::LeftButton);
    return true;
}

bool StoryWindow::choose(const char* action) {
    QAction* const found = window_->actions()[QString::fromLatin1(action)];
    if (found == nullptr || !found->isEnabled())
        return false;
    for (QObject* widget : found->associatedObjects())
        if (auto* button = qobject_cast<QAbstractButton*>(widget); button != nullptr && button->isVisible()) {
            QTest::mouseClick(button, Qt::LeftButton);
            return true;
        }
    found->trigger(); // its line in the menu
    return true;
}

bool StoryWindow::chooseSession(const QString& user) {
    auto* const users = find<QComboBox>("browser.user");
    const int wanted = users->findData(user);
    if (wanted < 0)
        return false;
    users->setFocus();
    while (users->currentIndex() != wanted) {
        const int before = users->currentIndex();
        QTest::keyClick(users, before < wanted ? Qt::Key_Down : Qt::Key_Up);
        if (users->currentIndex() == before)
            return false;
    }
    return true;
}

bool StoryWindow::runs() {
    const auto settled = [this] {
        return desk_->engine.state() == State::Running || desk_->engine.state() == State::Failed;
    };
    if (!QTest::qWaitFor(settled, 20'000))
        return false;
    if (desk_->engine.state() == State::Failed && !click("messageBarAction")) // the bar has the cure
        return false;
    return QTest::qWaitFor([this] { return desk_->engine.state() == State::Running; }, 20'000);
}

QVariant StoryWindow::ask(const QString& script) {
    QVariant out;
    bool come = false;
    if (browser_->browser() == nullptr)
        return out;
    // What the page answers may come when this call has given up.
    const auto shared = std::make_shared<std::function<void(const QVariant&)>>([&](const QVariant& answer) {
        out = answer;
        come = true;
    });
    browser_->browser()->run(script, [weak = std::weak_ptr(shared)](const QVariant& answer) {
        if (const auto take = weak.lock())
            (*take)(answer);
    });
    return QTest::qWaitFor([&] { return come; }, 10'000) ? out : QVariant();
}

QString StoryWindow::pageText() {
    return ask(QStringLiteral("document.body ? document.body.innerText : ''")).toString();
}

bool StoryWindow::pageSays(const QString& text, int within) {
    return QTest::qWaitFor([&] { return pageText().contains(text); }, within);
}

bool StoryWindow::pageHas(const QString& selector, int within) {
    return QTest::qWaitFor([&] { return !middleOf(selector).isNull(); }, within);
}

QPoint StoryWindow::middleOf(const QString& selector) {
    const QVariantList at =
        ask(QStringLiteral("(() => { const e = document.querySelector('%1'); if (!e) return [];"
                           " e.scrollIntoView({block: 'nearest'}); const r = e.getBoundingClientRect();"
                           " return r.width > 0 ? [r.left + r.width / 2, r.top + r.height / 2] : []; })()")
                .arg(selector))
            .toList();
    return at.size() == 2 ? QPointF(at[0].toDouble(), at[1].toDouble()).toPoint() : QPoint();
}

bool StoryWindow::type(const QString& selector, const QString& text) {
    if (!pageHas(selector))
        return false;
    const auto done = [&] {
        const QString value =
            ask(QStringLiteral("(document.querySelector('%1') || {}).value").arg(selector)).toString();
        return value == text;
    };
    // A page that has just come may lose what is typed before its first frame: a person would look, too.
    return QTest::qWaitFor(
        [&] {
            QWidget* const target = browser_->browser()->inputTarget();
            if (target == nullptr)
                return false;
            QTest::mouseClick(target, Qt::LeftButton, {}, middleOf(selector));
            QTest::keyClick(target, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClick(target, Qt::Key_Backspace);
            QTest::keyClicks(target, text);
            return QTest::qWaitFor(done, 3'000);
        },
        patience);
}

bool StoryWindow::press(const QString& selector) {
    if (!pageHas(selector))
        return false;
    QTest::mouseClick(browser_->browser()->inputTarget(), Qt::LeftButton, {}, middleOf(selector));
    return true;
}

void StoryWindow::pressReturn() {
    QTest::keyClick(browser_->browser()->inputTarget(), Qt::Key_Return);
}

QString StoryWindow::passwordOf(const QString& user) {
    const auto person = rehearsal::personOf(*desk_->engine.running(), {desk::utf8(user), {}, "allowed", {}});
    return person.password == nullptr
               ? QString()
               : person.password->reveal([](std::string_view text) { return desk::qt(text); });
}

QString StoryWindow::codeOfTheCard(const QString& user) {
    QAction* const codes = window_->actions()[QStringLiteral("browser.codes")];
    if (!codes->isChecked() && !choose("browser.codes"))
        return {};
    if (find<QComboBox>("browser.totpUser")->currentData().toString() != user)
        return {}; // the card follows the session
    auto* const code = find<QLabel>("browser.totpCode");
    if (code->text().contains(QChar(0x2022))) // a dot: covered
        QTest::mouseClick(code, Qt::LeftButton);
    QString digits = code->text();
    digits.remove(QChar(QChar::Nbsp));
    return digits.contains(QChar(0x2022)) ? QString() : digits;
}

bool StoryWindow::logInByHand(const QString& user) {
    if (!type(QStringLiteral("input[name=username]"), user) ||
        !type(QStringLiteral("input[name=password]"), passwordOf(user)))
        return false;
    pressReturn();
    if (!pageHas(QStringLiteral("input[name=otp]")))
        return false;
    const QString code = codeOfTheCard(user);
    if (code.size() < 6 || !type(QStringLiteral("input[name=otp]"), code))
        return false;
    picture("by-hand-code");
    return press(QStringLiteral("[type=submit]"));
}

int StoryWindow::rowOf(const QString& host, const QString& path, int status) {
    live::ExchangeModel& model = requests();
    for (int row = model.rowCount() - 1; row >= 0; --row) {
        const capture::Row* const one = model.rowAt(row);
        if (one->depth == 0 && !one->live && one->status == status && desk::qt(one->host()) == host &&
            desk::qt(one->path()) == path)
            return row;
    }
    return -1;
}

bool StoryWindow::select(int row) {
    auto* const table = find<QTableView>("live.table");
    const QModelIndex index = table->model()->index(row, live::ExchangeModel::Address);
    table->scrollTo(index);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
    return table->currentIndex().row() == row;
}

QString storyLab(const QString& folder) {
    const QString file = folder + QStringLiteral("/story.gatehouse.yaml");
    for (const lab::Template& one : lab::templates())
        if (QFile out(file); one.name == "story" && out.open(QIODevice::WriteOnly))
            out.write(one.text.data(), static_cast<qint64>(one.text.size()));
    return file;
}

} // namespace gatehouse::story
