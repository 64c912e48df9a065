// FilterLine: the filter of the list as one line of text, with what could stand at the cursor, and a caret
// and words where it cannot be understood.
#pragma once

#include <capture/filter.h>

#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTimer>
#include <QWidget>
#include <functional>

namespace gatehouse::live {

class FilterLine : public QWidget {
    Q_OBJECT
public:
    explicit FilterLine(QWidget* parent = nullptr);

    // Asked when candidates are wanted.
    void setVocabulary(std::function<capture::FilterVocabulary()> vocabulary);
    QString text() const;
    void setText(const QString& text); // applied at once
    bool hasError() const { return problem_->isVisibleTo(this); }
    QLineEdit* edit() const;

signals:
    void filterChanged(const gatehouse::capture::Filter& filter);

private:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void apply();
    void showProblem(const Error& error);
    void offer();
    void insert(const QString& candidate);
    void dress();

    int textStart() const; // of the line's text, in pixels

    class Edit;
    Edit* edit_;
    QLabel* problem_;
    QCompleter* completer_;
    QStandardItemModel* candidates_;
    QTimer soon_;
    std::function<capture::FilterVocabulary()> vocabulary_;
    capture::FilterCompletion completion_;
};

} // namespace gatehouse::live
