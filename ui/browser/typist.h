// Typist: hands on a page. Puts text into a form and presses its button by real key and mouse events, as a
// person would: what a page does with them is what it does with a person's. Each step is seen to have worked
// before the next one, and everything ends: done, failed in words, or cancelled. GUI thread, nothing blocks.
//
// The page tells what it took by a line in its console: after a key or a click Chromium 102 lets questions
// wait for up to two seconds, and lines that it sends by itself do not. Questions are asked where no line
// comes.
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
    enum class Awaits : std::uint8_t { Nothing, Focus, Text, Leaving };
    struct Spot {
        bool found = false, inView = false, focused = false;
        QPoint middle;
        int length = 0;
    };

    // Where everything is, the element at_ brought into view; then `then`, unless the step is over by then.
    void survey(std::function<void()> then);
    void take(const QVariantMap& seen);
    QString surveyScript() const;
    void hear(const QString& line);
    void unlessHeard(int afterMs, std::function<void()> step);
    void step(Awaits awaits);
    void fail(const QString& why);
    bool late() const { return since_.hasExpired(patienceMs); }

    void begin();
    void reachField();
    void clickField();
    void typeField();
    void typeText();
    void checkText();
    void nextField();
    void pressButton();
    void left();
    qsizetype wantedLength() const;

    void click(const QPoint& middle);
    void type(QStringView text);
    void key(int key, Qt::KeyboardModifiers modifiers, const QString& text);
    void takeFocus();

    static constexpr int patienceMs = 10'000; // for a step
    static constexpr int askAfterMs = 400;
    static constexpr int pressAgainAfterMs = 2'000; // a click before the first frame is lost

    Browser& browser_;
    const QString token_; // of our lines in the console
    Work work_;
    std::vector<Spot> spots_; // of the fields, then of the button
    bool pageFocused_ = false;
    std::size_t at_ = 0;
    unsigned step_ = 0; // answers to an older step's questions are dropped by this number
    Awaits awaits_ = Awaits::Nothing;
    bool busy_ = false, pressed_ = false;
    QElapsedTimer since_; // the step under way
    QTimer pause_;
    std::function<void()> next_;
};

} // namespace gatehouse::browser
