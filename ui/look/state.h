// How a state looks: always icon, text and colour together, so that no one of them is needed.
#pragma once

#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QString>
#include <QWidget>
#include <look/tokens.h>

class QVBoxLayout;

namespace gatehouse::look {

enum class Mood : std::uint8_t { Neutral, Good, Warning, Bad, Busy };

// resources/icons/NAME.svg, drawn in the token's colour; painted anew when the scheme changes.
QIcon icon(const QString& name, Token token = Token::Text);

// A pill: "Running", "denied", "409". Readable by a screen reader as its text.
class Badge : public QWidget {
    Q_OBJECT
public:
    explicit Badge(QWidget* parent = nullptr);
    void show(Mood mood, const QString& text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    // For item views.
    static void paint(QPainter& painter, const QRect& place, Mood mood, const QString& text);
    static QSize sizeFor(const QFontMetrics& metrics, const QString& text);

protected:
    void paintEvent(QPaintEvent*) override;

private:
    Mood mood_ = Mood::Neutral;
    QString text_;
};

// What stands where a list or page has nothing to show: icon, one sentence, one more, and a button or two
// that lead on. Empty, paused, stopped, filtered out and failed are different calls of `say`.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);
    void say(Mood mood, const QString& iconName, const QString& title, const QString& text);
    QPushButton* addButton(const QString& text, const QString& objectName);
    void clearButtons();

private:
    void changeEvent(QEvent* event) override;
    void paintIcon();
    Mood mood_ = Mood::Neutral;
    QString iconName_;
    QLabel *icon_, *title_, *text_;
    QVBoxLayout* buttons_;
};

// An inline message with an optional action, above the content it is about. Never modal, goes away by its
// button.
class MessageBar : public QWidget {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);
    // `details` may be empty; `action` may be empty, else `activated` is emitted by its button.
    void say(Mood mood, const QString& text, const QString& details = {}, const QString& action = {});
    void quiet();
    QString message() const;

signals:
    void activated();
    void dismissed();

private:
    void changeEvent(QEvent* event) override;
    void dress();
    Mood mood_ = Mood::Neutral;
    QLabel *icon_, *text_;
    QPushButton *action_, *close_;
};

} // namespace gatehouse::look
