// A secret: its name in the lab, where its value comes from, and the doors to the value. The value itself
// goes to the vault, never into the document, and is shown or copied only on demand and for a while.
#pragma once

#include <QTimer>
#include <forms/fieldEditor.h>
#include <look/state.h>

class QLineEdit;
class QLabel;
class QPushButton;
class QToolButton;

namespace gatehouse::forms {

class SecretEditor : public FieldEditor {
    Q_OBJECT
public:
    SecretEditor(const FieldSpec& spec, EditorContext context, QWidget* parent);
    ~SecretEditor() override;
    void show(const Node& value) override;
    void flush() override;

    static constexpr auto shownFor = std::chrono::seconds(15);
    static constexpr auto copiedFor = std::chrono::seconds(30);

private:
    void buildDoors();
    void showOrigin();
    void setRevealed(bool on);
    void copy();
    void keep();
    void clearClipboard();
    std::string nameNow() const;
    bool withValue(const std::function<void(std::string_view)>& use) const;

    QLineEdit *name_, *value_;
    look::Badge* origin_;
    QToolButton *reveal_, *copy_;
    QPushButton *set_, *keep_, *cancel_;
    QWidget* setRow_;
    QLabel *shownValue_, *answer_;
    QTimer hide_, clear_, soon_;
    QByteArray copiedMark_; // a digest: the clipboard is cleared only while it still holds the value
    Node shown_;
};

} // namespace gatehouse::forms
