// LivePanel: every request as it comes, what was decided, and all about the one that is selected.
//
// It owns what was captured (bounded by bytes, as the settings say), listens to the engine's batches, and
// answers the navigator's exchangeWanted.
#pragma once

#include <capture/redactor.h>
#include <desk/desk.h>

#include <QThreadPool>
#include <QTimer>
#include <QWidget>
#include <live/detailPanel.h>
#include <live/exchangeModel.h>
#include <live/families.h>
#include <live/filterLine.h>
#include <look/actions.h>
#include <look/state.h>

class QFileDialog;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace gatehouse::live {

class LivePanel : public QWidget {
    Q_OBJECT
public:
    LivePanel(desk::Desk& desk, look::Actions& actions, QWidget* parent = nullptr);
    ~LivePanel() override;

    ExchangeModel& model() { return model_; }
    // Selects it, wherever the filter has put it.
    void showExchange(quint64 id);
    // What the filter shows, as HAR, whole or not at all; the answer is a message above the list.
    void saveHar(const QString& file);

signals:
    void harSaved(const QString& file);

private:
    // Why the list shows nothing: each looks different.
    enum class Empty : std::uint8_t { No, FilteredOut, Paused, Failed, Stopped, NothingYet };
    enum class Bar : std::uint8_t { None, Paused, Cleared, Hidden, Told };

    void makeList();
    void makeBar();
    void makeActions(look::Actions& actions);
    void addListActions(look::Actions& actions, const QString& menu);
    void addCopyActions(look::Actions& actions, const QString& menu);

    void arrived(const engine::Batch& batch);
    void add(const std::vector<exchange::ExchangePtr>& exchanges);
    void list(const std::vector<exchange::ExchangePtr>& sorted);
    void wait(const std::vector<exchange::ExchangePtr>& exchanges);

    void setPaused(bool paused);
    void setFollowing(bool following);
    void clear();
    void scrolled();
    void showNew();
    void resized();

    void select(const QModelIndex& current);
    void reselect();
    void showDetail(const exchange::ExchangePtr& exchange);
    std::shared_ptr<const capture::Redactor> redactorOf(const exchange::Exchange& exchange);

    void refreshCounts();
    void refreshState();
    Empty emptiness() const;
    void showEmpty();
    void addEmptyButton(Empty state);
    void say(Bar what, look::Mood mood, const QString& text, const QString& action = {});
    void barActivated();
    void listMenu(const QPoint& at);
    void narrow(capture::FilterField field, const std::string& value, bool not_);
    void copyCurl(bool secrets);
    void copyValue();
    void askHarFile();
    void harWritten(const QString& file, const QString& problem);
    std::string connectTo(const exchange::Exchange& exchange) const;

    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void fitColumns();

    desk::Desk& desk_;
    ExchangeModel model_;
    Families families_;
    QTimer orphans_;                             // children whose parent does not come
    std::vector<exchange::ExchangePtr> waiting_; // while paused
    std::size_t waitingBytes_ = 0;
    std::uint64_t lost_ = 0; // on the way from the engine, or while paused
    bool paused_ = false;
    bool following_ = true;
    bool scrollingOurselves_ = false;
    bool keepInSight_ = false;
    bool columnsFitted_ = false, narrow_ = false;
    int fresh_ = 0; // rows that came while not following
    std::uint64_t current_ = 0;
    std::shared_ptr<const void> redactorFor_; // an arrangement
    std::shared_ptr<const capture::Redactor> redactor_;
    Bar barSays_ = Bar::None;
    Empty emptySays_ = Empty::No;

    look::MessageBar* bar_;
    FilterLine* filter_;
    QLabel* counts_;
    QStackedWidget* pages_;
    QTableView* table_;
    look::EmptyState* empty_;
    QPushButton* newButton_;
    QSplitter* split_;
    DetailPanel* detail_;
    QFileDialog* dialog_ = nullptr;
    QAction *pause_ = nullptr, *follow_ = nullptr, *subrequests_ = nullptr, *tunnels_ = nullptr;
    QThreadPool writers_; // last: what still writes is waited for first
};

} // namespace gatehouse::live
