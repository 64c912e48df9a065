// DetailPanel: everything about one exchange, a tab each.
#pragma once

#include <desk/desk.h>

#include <QTabWidget>
#include <QWidget>
#include <live/glance.h>
#include <live/keyRing.h>
#include <look/state.h>

class QLabel;
class QToolButton;

namespace gatehouse::live {

class CookiesView;
class HeaderView;
class MessageView;
class TimingView;
class TokensView;
class TraceView;

class DetailPanel : public QWidget {
    Q_OBJECT
public:
    explicit DetailPanel(desk::Desk& desk, QWidget* parent = nullptr);

    // Secrets are hidden again for every other exchange.
    void show(const Glance& glance);
    const Glance& glance() const { return glance_; }
    QString currentValue() const; // for "copy value"

signals:
    void exchangeWanted(quint64 id);

private:
    void setRevealed(bool reveal);
    void refresh();
    void refreshTop();
    void elideTitle();
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

    desk::Desk& desk_;
    Glance glance_;
    KeyRing keys_;
    QString wholeTitle_;
    QLabel *title_, *related_;
    look::Badge* badge_;
    QToolButton* reveal_;
    QTabWidget* tabs_;
    HeaderView* headers_;
    TraceView* trace_;
    CookiesView* cookies_;
    TokensView* tokens_;
    MessageView *body_, *raw_;
    TimingView* timing_;
};

} // namespace gatehouse::live
