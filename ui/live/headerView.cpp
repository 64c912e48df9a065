#include <desk/text.h>

#include <QButtonGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>
#include <live/headerView.h>

namespace gatehouse::live {

using desk::qt;

namespace {

constexpr int nameWidth = 190, whatWidth = 330, fieldWidth = 190, stationLeast = 110;

QPushButton* segment(const QString& text, const QString& name, const QString& help, QWidget* parent) {
    auto* button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setCheckable(true);
    button->setToolTip(help);
    button->setAutoDefault(false);
    return button;
}

QString link(const std::string& field) {
    const QString path = qt(field).toHtmlEscaped();
    return QStringLiteral("<a href=\"%1\" style=\"color: %2\">%1</a>")
        .arg(path, look::color(look::Token::Accent).name());
}

} // namespace

HeaderView::HeaderView(QWidget* parent)
    : QWidget(parent), model_(new HeaderModel(this)), table_(new QTableView(this)),
      request_(segment(tr("Request"), QStringLiteral("live.headers.request"),
                       tr("Headers on their way from the client to the service"), this)),
      response_(segment(tr("Response"), QStringLiteral("live.headers.response"),
                        tr("Headers on their way back to the client"), this)),
      changedOnly_(new QCheckBox(tr("Changed only"), this)), way_(new QLabel(this)), row_(new QLabel) {
    auto* group = new QButtonGroup(this);
    group->addButton(request_);
    group->addButton(response_);
    request_->setChecked(true);
    connect(group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton*, bool on) {
        if (on)
            refresh();
    });
    changedOnly_->setObjectName(QStringLiteral("live.headers.changedOnly"));
    changedOnly_->setToolTip(tr("Hide headers that passed as they came"));
    connect(changedOnly_, &QCheckBox::toggled, this, [this](bool only) {
        model_->setChangedOnly(only);
        refresh();
    });
    way_->setObjectName(QStringLiteral("live.headers.way"));
    way_->setTextInteractionFlags(Qt::TextSelectableByMouse);

    table_->setObjectName(QStringLiteral("live.headers.table"));
    table_->setAccessibleName(tr("Headers at each station, and what happened to them"));
    table_->setToolTip(tr("A row a header, a column a station; Return goes to the field of the lab"));
    table_->setModel(model_);
    table_->setSelectionBehavior(QAbstractItemView::SelectItems);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setTabKeyNavigation(false);
    table_->setWordWrap(false);
    table_->setShowGrid(false);
    table_->setAlternatingRowColors(true);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + look::space);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    connect(table_, &QTableView::activated, this, &HeaderView::follow);
    connect(table_, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == model_->whatColumn() + 1)
            follow(index);
    });
    connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this, &HeaderView::showRow);

    row_->setObjectName(QStringLiteral("live.headers.row"));
    row_->setAccessibleName(tr("The selected header"));
    row_->setToolTip(tr("All values of this header, and the rule that changed it"));
    row_->setWordWrap(true);
    row_->setTextFormat(Qt::RichText);
    row_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    row_->setTextInteractionFlags(Qt::TextBrowserInteraction);
    row_->setContentsMargins(look::space, look::spaceSmall, look::space, look::spaceSmall);
    connect(row_, &QLabel::linkActivated, this, &HeaderView::fieldWanted);
    auto* rowPlace = new QScrollArea(this);
    rowPlace->setWidgetResizable(true);
    rowPlace->setFrameShape(QFrame::NoFrame);
    rowPlace->setWidget(row_);
    rowPlace->setFocusPolicy(Qt::NoFocus);

    auto* top = new QHBoxLayout;
    top->setSpacing(0);
    top->addWidget(request_);
    top->addWidget(response_);
    top->addSpacing(look::spaceLarge);
    top->addWidget(changedOnly_);
    top->addSpacing(look::spaceLarge);
    top->addWidget(way_, 1);
    auto* split = new QSplitter(Qt::Vertical, this);
    split->setChildrenCollapsible(false);
    split->addWidget(table_);
    split->addWidget(rowPlace);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(look::space, look::space, look::space, 0);
    column->setSpacing(look::space);
    column->addLayout(top);
    column->addWidget(split, 1);
}

void HeaderView::show(const Glance& glance) {
    glance_ = glance;
    refresh();
}

void HeaderView::refresh() {
    const bool response = response_->isChecked();
    const QString selected = model_->headerAt(table_->currentIndex().row())
                                 ? qt(model_->headerAt(table_->currentIndex().row())->name)
                                 : QString();
    model_->show(glance_, response ? capture::Direction::Response : capture::Direction::Request);
    fitColumns();
    QStringList way;
    const bool aside = askedAside();
    for (const capture::Station station :
         {capture::ClientStation, capture::GateStation, capture::UpstreamStation})
        if (model_->table().columns[station].there && !(aside && station == capture::GateStation))
            way.append(model_->stationName(station) + QLatin1Char(' ') +
                       qt(model_->table().columns[station].name));
    if (response)
        std::reverse(way.begin(), way.end());
    QString text = way.join(QStringLiteral("  →  "));
    if (aside)
        text += QStringLiteral("  ·  ") + tr("asked on the way: %1 %2")
                                              .arg(model_->stationName(capture::GateStation),
                                                   qt(model_->table().columns[capture::GateStation].name));
    if (model_->hidden() > 0)
        text += QStringLiteral("   ") + tr("(%n unchanged hidden)", nullptr, model_->hidden());
    way_->setText(text);
    int at = 0;
    for (int row = 0; row < model_->rowCount(); ++row)
        if (qt(model_->headerAt(row)->name) == selected)
            at = row;
    table_->setCurrentIndex(model_->index(at, 0));
    showRow();
}

// The gate's message belongs to a sub-request: the request itself does not pass through it.
bool HeaderView::askedAside() const {
    const capture::Column& gate = model_->table().columns[capture::GateStation];
    return gate.there && glance_.exchange && gate.of != glance_.exchange->id;
}

void HeaderView::showRow() {
    const capture::HeaderRow* const row = model_->headerAt(table_->currentIndex().row());
    if (!row) {
        row_->setText(glance_.exchange ? tr("No headers to show.") : QString());
        return;
    }
    QString html = QStringLiteral("<b>%1</b>").arg(qt(row->name).toHtmlEscaped());
    for (const capture::Cause& cause : row->causes) {
        html +=
            QStringLiteral("<br>%1 – %2 <i>(%3)</i>")
                .arg(changeText(row->change).toHtmlEscaped(),
                     desk::translated(cause.rule->text).toHtmlEscaped(), qt(cause.rule->id).toHtmlEscaped());
        if (!cause.field.empty())
            html +=
                QStringLiteral("<br>%1 %2").arg(tr("Field of the lab:").toHtmlEscaped(), link(cause.field));
    }
    html += QStringLiteral("<pre style=\"white-space: pre-wrap\">%1</pre>")
                .arg(model_->details(table_->currentIndex().row()).toHtmlEscaped());
    row_->setText(html);
}

void HeaderView::follow(const QModelIndex& index) {
    const QString field = index.data(HeaderModel::FieldRole).toString();
    if (!field.isEmpty())
        emit fieldWanted(field);
}

QString HeaderView::currentValue() const {
    return table_->currentIndex().data(Qt::DisplayRole).toString();
}

// Stations share what the others leave.
void HeaderView::fitColumns() {
    const int stations = model_->columnCount() - 3;
    if (stations <= 0)
        return;
    // The scroll bar may come later; room for it is left from the start.
    const int left = table_->width() - table_->verticalScrollBar()->sizeHint().width() - 4 - nameWidth -
                     whatWidth - fieldWidth;
    const int each = qMax(stationLeast, left / stations);
    table_->setColumnWidth(0, nameWidth);
    for (int station = 1; station <= stations; ++station)
        table_->setColumnWidth(station, each);
    table_->setColumnWidth(model_->whatColumn(), whatWidth);
}

void HeaderView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitColumns();
}

} // namespace gatehouse::live
