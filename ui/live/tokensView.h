// TokensView: every token of the exchange and of its session, taken apart, with the word of the provider's
// keys on its signature.
#pragma once

#include <capture/cookieView.h>
#include <capture/tokens.h>

#include <QTreeWidget>
#include <live/glance.h>
#include <live/keyRing.h>

namespace gatehouse::live {

class TokensView : public QTreeWidget {
    Q_OBJECT
public:
    explicit TokensView(KeyRing& keys, QWidget* parent = nullptr);
    void show(const Glance& glance, const capture::CookieView& cookies);
    QString currentValue() const;

private:
    struct Listed {
        QString name;
        std::string token;
    };
    void refresh();
    void addToken(const Listed& listed);
    void addSignature(QTreeWidgetItem* top, const Listed& listed, const capture::TokenView& view);
    void addExpiry(QTreeWidgetItem* top, const capture::TokenView& view);

    KeyRing& keys_;
    Glance glance_;
    std::vector<Listed> tokens_;
};

} // namespace gatehouse::live
