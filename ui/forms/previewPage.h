// PreviewPage: which claims a user gets with a client, by the code that issues tokens, who made each claim,
// and what the gates that use this client would say to them.
#pragma once

#include <desk/desk.h>

#include <QWidget>
#include <look/state.h>

class QComboBox;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;
class QVBoxLayout;

namespace gatehouse::forms {

class PreviewPage : public QWidget {
    Q_OBJECT
public:
    PreviewPage(desk::Desk& desk, QWidget* parent);

    // A client or a user of an embedded realm; the other one is chosen here.
    void open(const std::string& object);
    void refresh();
    static bool isFor(const std::string& object);

signals:
    void fieldWanted(const QString& path);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Subject {
        const provider::Provider* provider = nullptr;
        std::string realm, client, user;
    };
    void fillChoices();
    Subject subject() const;
    void showClaims(const provider::Provider::Preview& preview);
    void addClaims(const QString& title, const std::string& json, provider::Provider::Preview::Part part,
                   const provider::Provider::Preview& preview);
    void addMaker(QTreeWidgetItem* item, provider::Provider::Preview::Part part,
                  const provider::Provider::Preview& preview);
    void showGates(const Subject& subject, const provider::Provider::Preview& preview);
    void addGate(const gate::Gate& gate, const provider::Provider::Preview& preview);
    std::string usualScope(const Subject& subject) const;

    desk::Desk& desk_;
    std::string object_;
    look::MessageBar* bar_;
    QComboBox *client_, *user_;
    QLineEdit* scope_;
    QTreeWidget* claims_;
    QWidget* gates_;
    QVBoxLayout* gateLines_;
    bool filling_ = false;
};

} // namespace gatehouse::forms
