// AddressBar: the row above the page: where one is, where one may go, as whom.
#pragma once

#include <QComboBox>
#include <QLineEdit>
#include <QString>
#include <QToolButton>
#include <QUrl>
#include <QWidget>
#include <look/actions.h>
#include <vector>

class QMenu;

namespace gatehouse::browser {

class AddressBar : public QWidget {
    Q_OBJECT
public:
    // Takes browser.back, .forward, .reload, .stop, .home, .login, .loginSteps, .clear, .external, .tools and
    // .codes from `actions`.
    AddressBar(look::Actions& actions, QWidget* parent = nullptr);

    void setUrl(const QUrl& url);
    void setLoading(bool loading); // reload or stop
    struct Address {
        QString text;
        QUrl url;
    };
    void setAddresses(const std::vector<Address>& addresses); // of the lab, for the home button
    void setUsers(const QStringList& users);                  // keeps who is chosen, if still there
    void setUser(const QString& user);
    QString user() const; // empty: nobody
    void focusAddress();

signals:
    void urlWanted(const QUrl& url);
    void userChosen(const QString& user);

private:
    void enter();

    QLineEdit* address_;
    QComboBox* users_;
    QToolButton *home_, *reload_, *stop_;
    QMenu* addresses_;
    QUrl url_;
};

} // namespace gatehouse::browser
