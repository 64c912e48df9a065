// Typist: hands on a page. Puts text into a form and presses its button by real key and mouse events, as a
// person would: what a page does with them is what it does with a person's. Each step is looked at before the
// next one, and everything ends: done, failed in words, or cancelled. GUI thread, nothing blocks.
#pragma once

#include <crypto/secretString.h>

#include <QElapsedTimer>
#include <QObject>
#include <QPoint>
#include <QString>
#include <QTimer>
#include <browser/browser.h>
#include <functional>
#include <vector>

namespace gatehouse::browser {

class Typist : public QObject {
    Q_OBJECT
public:
    explicit Typist(Browser& browser, QObject* parent = nullptr);

    struct Field {
        QString name;
        crypto::SecretString text;
    };
    struct Work {
        int form = 0; // of document.forms
        std::vector<Field> fields;
        QString button; // its id; empty: the form's first one
    };
    // Emits `finished` when the page has begun to leave, or `failed`. Work under way is given up.
    void start(Work work);
    void cancel();

signals:
    void finished();
    void failed(const QString& why);

private:
    struct Spot {
        bool found = false, focused = false, pageFocused = false;
        QPoint middle;
        int length = 0;
    };
    void look(const QString& element, std::function<void(const Spot&)> then);
    void again(std::function<void()> step);
    void fail(const QString& why);
    bool late() const;
    QString fieldElement(const Field& field) const;
    QString buttonElement() const;

    void reachField();
    void checkFocus();
    void typeField();
    void checkText();
    void pressButton();
    void left();

    void click(const QPoint& middle);
    void type(QStringView text);
    void key(int key, Qt::KeyboardModifiers modifiers, const QString& text);
    void takeFocus();

    Browser& browser_;
    Work work_;
    std::size_t at_ = 0;
    unsigned run_ = 0; // answers of an older run are dropped by this number
    bool busy_ = false, pressed_ = false;
    QElapsedTimer since_; // the step under way
    QTimer pause_;
    std::function<void()> next_;
};

} // namespace gatehouse::browser
