// Section: fields of one topic under a heading that opens and closes. Rows are made when they are first
// shown: a gate has some 170 options, and few of them are looked at.
#pragma once

#include <forms/fieldRow.h>
#include <map>
#include <vector>

class QToolButton;
class QVBoxLayout;

namespace gatehouse::forms {

class Section : public QWidget {
    Q_OBJECT
public:
    using Maker = std::function<FieldRow*(const FieldSpec& spec, QWidget* parent)>;
    Section(const QString& title, std::vector<const FieldSpec*> fields, Maker maker, QWidget* parent);

    const std::vector<const FieldSpec*>& fields() const { return fields_; }
    bool isOpen() const;
    void setOpen(bool open);
    // Only these fields count; the heading says how many. Null: all that apply.
    void narrow(const std::function<bool(const FieldSpec&)>& wanted, bool openMatches);
    void tell(int set, int problems);     // in the heading
    FieldRow* row(const FieldSpec& spec); // made if need be
    FieldRow* existing(const FieldSpec& spec) const;
    QString title() const { return title_; }

signals:
    void opened();

private:
    void showRows();

    QString title_;
    std::vector<const FieldSpec*> fields_;
    std::vector<bool> wanted_;
    Maker maker_;
    QToolButton* heading_;
    QWidget* content_;
    QVBoxLayout* rows_;
    std::map<const FieldSpec*, FieldRow*> made_;
};

} // namespace gatehouse::forms
