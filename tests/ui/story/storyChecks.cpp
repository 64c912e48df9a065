#include "storyChecks.h"

#include <capture/headerTable.h>

#include <QLabel>
#include <live/headerModel.h>

namespace gatehouse::story {

using capture::Change;

namespace {

const QString whoami = QStringLiteral("whoami.domain.tld");

live::HeaderModel& headers(StoryWindow& at) {
    return *qobject_cast<live::HeaderModel*>(at.find<QTableView>("live.headers.table")->model());
}

const capture::HeaderRow* header(StoryWindow& at, const char* name) {
    for (int row = 0; row < headers(at).rowCount(); ++row)
        if (headers(at).headerAt(row)->name == name)
            return headers(at).headerAt(row);
    return nullptr;
}

// What became of a header, on its way from the client to the service.
void isHeader(StoryWindow& at, const char* name, Change change, const char* rule = nullptr,
              const char* field = nullptr) {
    const capture::HeaderRow* const row = header(at, name);
    QVERIFY2(row != nullptr, name);
    QVERIFY2(row->change == change,
             (std::string(name) + " is " + std::string(capture::name(row->change))).c_str());
    if (rule != nullptr) {
        QVERIFY2(!row->causes.empty(), name);
        QCOMPARE(std::string(row->causes.back().rule->id), std::string(rule));
    }
    if (field != nullptr)
        QCOMPARE(row->causes.back().field, std::string(field));
}

} // namespace

void logsInByHand(StoryWindow& at, const QString& user) {
    QVERIFY(at.chooseSession(user));
    QVERIFY(at.choose("browser.home"));
    QVERIFY(at.logInByHand(user));
}

void listIsFilled(StoryWindow& at) {
    QTRY_VERIFY_WITH_TIMEOUT(at.rowOf(whoami, QStringLiteral("/"), 200) >= 0, glance);
    QVERIFY(at.rowOf(whoami, QStringLiteral("/"), 302) >= 0);
    QVERIFY(at.rowOf(whoami, QStringLiteral("/oauth2/callback"), 302) >= 0);
    for (int row = 0; row < at.requests().rowCount(); ++row) {
        QVERIFY(at.requests().rowAt(row)->method() != "connect");
        QVERIFY2(at.requests().rowAt(row)->status != 0, std::string(at.requests().rowAt(row)->url()).c_str());
    }
    QVERIFY(at.requests().tunnelsHidden() > 0);
    QVERIFY(at.find<QLabel>("live.counts")->text().contains(QStringLiteral("not shown")));
    const int all = at.requests().rowCount();
    QVERIFY(at.choose("requests.tunnels"));
    QVERIFY(at.requests().rowCount() > all);
    QVERIFY(at.choose("requests.tunnels"));
    QCOMPARE(at.requests().rowCount(), all);
}

void headersAreRight(StoryWindow& at) {
    at.window().showPage(QStringLiteral("requests"));
    QVERIFY(at.select(at.rowOf(whoami, QStringLiteral("/"), 200)));
    QCOMPARE(headers(at).headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Client"));
    QCOMPARE(headers(at).headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("Gate"));
    QCOMPARE(headers(at).headerData(3, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("Upstream"));
    at.picture("by-hand-headers");
    isHeader(at, "Host", Change::Kept);
    isHeader(at, "Accept", Change::Kept);
    isHeader(at, "Cookie", Change::Kept);
    isHeader(at, "Connection", Change::Removed);
    for (const char* name : {"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto",
                             "X-Forwarded-Scheme", "X-Real-IP", "X-Scheme", "X-Request-ID"})
        isHeader(at, name, Change::Added);
    isHeader(at, "X-Original-URI", Change::Added, "ingress.original-uri",
             "/controller/proxy-add-original-uri-header");
    const capture::HeaderRow* const cookie = header(at, "Cookie");
    QVERIFY(cookie->cells[capture::GateStation].change != Change::Absent); // that is what it decides by
    QVERIFY(header(at, "X-Original-URL") == nullptr ||
            header(at, "X-Original-URL")->cells[capture::UpstreamStation].change == Change::Absent);
    at.window().showPage(QStringLiteral("browser"));
}

void bobIsRefused(StoryWindow& at) {
    logsInByHand(at, QStringLiteral("bob"));
    QVERIFY(at.pageSays(QStringLiteral("403")));
    QTRY_VERIFY_WITH_TIMEOUT(at.rowOf(whoami, QStringLiteral("/oauth2/callback"), 403) >= 0, glance);
    const capture::Row* const row =
        at.requests().rowAt(at.rowOf(whoami, QStringLiteral("/oauth2/callback"), 403));
    QCOMPARE(row->decision, capture::Decision::Denied);
    QVERIFY2(std::string(row->rule->text).find("group") != std::string::npos,
             std::string(row->rule->text).c_str());
    at.picture("by-hand-bob");
}

} // namespace gatehouse::story
