// Enrolments: the authenticators that were set up while this program ran, by user: what a phone would hold.
// In memory only; the provider that they were registered at is asked for everything else. GUI thread.
#pragma once

#include <rehearsal/page.h>

#include <QObject>
#include <QString>
#include <map>
#include <utility>

namespace gatehouse::browser {

class Enrolments : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const rehearsal::EnrolmentKey* find(const QString& user) const {
        const auto found = keys_.find(user);
        return found == keys_.end() ? nullptr : &found->second;
    }
    QStringList users() const {
        QStringList out;
        for (const auto& [user, key] : keys_)
            out.append(user);
        return out;
    }
    void keep(const QString& user, rehearsal::EnrolmentKey key) {
        keys_.insert_or_assign(user, std::move(key));
        emit changed();
    }
    void clear() {
        keys_.clear();
        emit changed();
    }

signals:
    void changed();

private:
    std::map<QString, rehearsal::EnrolmentKey> keys_;
};

} // namespace gatehouse::browser
