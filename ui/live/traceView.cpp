#include <capture/decision.h>
#include <capture/headerTable.h>
#include <desk/text.h>

#include <QHeaderView>
#include <live/roomyRows.h>
#include <live/traceView.h>
#include <look/state.h>

namespace gatehouse::live {

using desk::qt;
using exchange::Outcome;

namespace {

enum Column { Step, Detail, Field, Rule };
constexpr int fieldRole = Qt::UserRole, idRole = Qt::UserRole + 1;

struct OutcomeLook {
    const char* icon;
    look::Token token;
};
OutcomeLook lookOf(Outcome outcome) {
    switch (outcome) {
    case Outcome::Matched:
        return {"good", look::Token::TextQuiet};
    case Outcome::Answered:
        return {"good", look::Token::Good};
    case Outcome::Denied:
    case Outcome::Failed:
        return {"bad", look::Token::Bad};
    case Outcome::Note:
        return {"neutral", look::Token::Neutral};
    }
    return {"neutral", look::Token::Neutral};
}

QString outcomeText(Outcome outcome) {
    switch (outcome) {
    case Outcome::Matched:
        return TraceView::tr("went on");
    case Outcome::Answered:
        return TraceView::tr("answered");
    case Outcome::Denied:
        return TraceView::tr("refused");
    case Outcome::Failed:
        return TraceView::tr("failed");
    case Outcome::Note:
        return TraceView::tr("note");
    }
    return {};
}

} // namespace

TraceView::TraceView(QWidget* parent) : QTreeWidget(parent) {
    setObjectName(QStringLiteral("live.trace"));
    setAccessibleName(tr("Rules that decided, in order"));
    setToolTip(tr("What the gate and the ingress looked at, one after the other, and what came of it"));
    setHeaderLabels({tr("Rule"), tr("Detail"), tr("Field of the lab"), tr("Name of the rule")});
    setUniformRowHeights(true);
    setAlternatingRowColors(true);
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(new RoomyRows(this));
    header()->setSectionResizeMode(QHeaderView::Interactive);
    header()->resizeSection(Step, 430);
    header()->resizeSection(Detail, 300);
    header()->resizeSection(Field, 260);
    connect(this, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) { follow(item); });
    connect(this, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem* item, int column) {
        if (column == Field)
            follow(item);
    });
}

void TraceView::show(const Glance& glance) {
    clear();
    if (!glance.exchange)
        return;
    addSteps(invisibleRootItem(), *glance.exchange, glance);
    for (const exchange::ExchangePtr& child : glance.children) {
        auto* item = new QTreeWidgetItem(this);
        item->setText(Step, tr("Asked: %1").arg(title(*child)));
        item->setText(Detail,
                      child->client.status ? tr("status %1").arg(child->client.status) : tr("no answer"));
        item->setData(Step, idRole, static_cast<quint64>(child->id));
        item->setIcon(Step, look::icon(QStringLiteral("forward"), look::Token::Accent));
        item->setToolTip(Step, tr("Show this exchange"));
        addSteps(item, *child, glance);
        item->setExpanded(true);
    }
    if (topLevelItemCount() == 0)
        (new QTreeWidgetItem(this, {tr("No rule had to decide anything about this exchange.")}))
            ->setFirstColumnSpanned(true);
    setCurrentItem(topLevelItem(0));
}

void TraceView::addSteps(QTreeWidgetItem* parent, const exchange::Exchange& exchange, const Glance& glance) {
    const exchange::TraceStep* const decided = exchange::decidingStep(exchange.trace);
    for (const exchange::TraceStep& step : exchange.trace) {
        auto* item = new QTreeWidgetItem(parent);
        const OutcomeLook look = lookOf(step.outcome);
        item->setIcon(Step, look::icon(QString::fromLatin1(look.icon), look.token));
        const QString words = desk::translated(step.rule->text);
        item->setText(Step, QStringLiteral("%1: %2").arg(outcomeText(step.outcome), words));
        item->setToolTip(Step, words);
        item->setText(Detail, glance.text(step.detail));
        item->setToolTip(Detail, item->text(Detail));
        item->setText(Rule, qt(step.rule->id));
        item->setToolTip(Rule, qt(step.rule->source));
        if (step.outcome == Outcome::Denied || step.outcome == Outcome::Failed)
            item->setForeground(Step, look::color(look::Token::Bad));
        if (&step == decided) {
            QFont bold = font();
            bold.setBold(true);
            item->setFont(Step, bold);
        }
        const QString field = qt(capture::fieldPath(exchange, step.from));
        if (field.isEmpty())
            continue;
        QFont underlined = font();
        underlined.setUnderline(true);
        item->setText(Field, field);
        item->setFont(Field, underlined);
        item->setForeground(Field, look::color(look::Token::Accent));
        item->setToolTip(Field, tr("Show this field of the lab"));
        item->setData(Step, fieldRole, field);
    }
}

void TraceView::follow(QTreeWidgetItem* item) {
    const QString field = item->data(Step, fieldRole).toString();
    const quint64 id = item->data(Step, idRole).toULongLong();
    if (!field.isEmpty())
        emit fieldWanted(field);
    else if (id != 0)
        emit exchangeWanted(id);
}

} // namespace gatehouse::live
