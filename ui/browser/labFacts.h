// What the browser's widgets want to know of a lab: who could log in, where one could go.
#pragma once

#include <arrangement/arrangement.h>

#include <QString>
#include <QStringList>
#include <QUrl>
#include <vector>

namespace gatehouse::browser {

QStringList usersOf(const arrangement::Arrangement& arrangement); // of every realm, in the lab's order, once
struct Place {
    QString text;
    QUrl url;
};
// The first is where a visit begins: rehearsed addresses, then every host of an ingress, then the gates' own
// sign-out and the provider's account pages.
std::vector<Place> placesOf(const arrangement::Arrangement& arrangement);
// A provider elsewhere remembers the codes it has seen when this process is gone; the embedded one starts
// afresh.
bool outlivesUs(const arrangement::Arrangement& arrangement);

} // namespace gatehouse::browser
