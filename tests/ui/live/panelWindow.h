// The panel in a window of its own, fed by hand.
#pragma once

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <core/capture/storyRun.h>
#include <live/livePanel.h>
#include <look/tokens.h>

namespace gatehouse::live::testing {

inline engine::Batch batchOf(const std::vector<exchange::ExchangePtr>& exchanges) {
    engine::Batch batch;
    batch.exchanges = exchanges;
    return batch;
}

struct Window {
    Window() : actions(&frame), panel(desk, actions, &frame) {
        frame.resize(1280, 720);
        panel.resize(frame.size());
        frame.show();
        QVERIFY(QTest::qWaitForWindowExposed(&frame));
    }
    template <class T>
    T* find(const char* name) {
        T* const found = frame.findChild<T*>(QString::fromLatin1(name));
        if (!found)
            qFatal("no widget %s", name);
        return found;
    }
    void feed(const std::vector<exchange::ExchangePtr>& exchanges) {
        emit desk.engine.arrived(batchOf(exchanges));
    }
    void tell() { feed(capture::testing::storyRun().exchanges); }
    QTableView* table() { return find<QTableView>("live.table"); }
    QString counts() { return find<QLabel>("live.counts")->text(); }
    void type(const char* text) {
        auto* edit = find<QLineEdit>("live.filter");
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, QString::fromLatin1(text));
        QTest::keyClick(edit, Qt::Key_Return);
    }
    void tab(int number) { find<QTabWidget>("live.tabs")->setCurrentIndex(number); }
    // A picture for people who look at it, where the environment names a folder.
    void picture(const char* name) {
        const QString folder = qEnvironmentVariable("GATEHOUSE_PICTURES");
        if (folder.isEmpty())
            return;
        for (const look::Scheme scheme : {look::Scheme::Dark, look::Scheme::Light}) {
            look::apply(*qobject_cast<QApplication*>(qApp), scheme);
            QApplication::processEvents();
            frame.grab().save(
                QStringLiteral("%1/live-%2-%3.png")
                    .arg(folder, QString::fromLatin1(name), scheme == look::Scheme::Dark ? "dark" : "light"));
        }
    }

    desk::Desk desk;
    QWidget frame;
    look::Actions actions;
    LivePanel panel;
};

} // namespace gatehouse::live::testing
