#include <QButtonGroup>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <look/state.h>
#include <look/tokens.h>
#include <window/rail.h>

namespace gatehouse::window {

namespace {

constexpr int entryWidth = 84, entryHeight = 58, iconSide = 22;

// Marks the current page by a bar at its edge as well as by colour.
class Entry : public QToolButton {
public:
    using QToolButton::QToolButton;

protected:
    void paintEvent(QPaintEvent*) override {
        using namespace look;
        QPainter painter(this);
        if (isChecked() || underMouse())
            painter.fillRect(rect(), color(isChecked() ? Token::Surface : Token::Ground));
        if (isChecked())
            painter.fillRect(QRect(0, 0, 3, height()), color(Token::Accent));
        const Token token = isChecked() ? Token::Accent : Token::Text;
        const QRect picture((width() - iconSide) / 2, space, iconSide, iconSide);
        look::icon(property("iconName").toString(), token).paint(&painter, picture);
        painter.setPen(color(token));
        painter.drawText(rect().adjusted(2, iconSide + space + 2, -2, -2),
                         Qt::AlignHCenter | Qt::AlignVCenter, text());
        if (const int count = property("count").toInt(); count > 0)
            paintCount(painter, count);
        if (hasFocus()) {
            painter.setPen(QPen(color(Token::Accent), 2));
            painter.drawRect(rect().adjusted(2, 2, -2, -2));
        }
    }

private:
    void paintCount(QPainter& painter, int count) {
        const QString words = count > 99 ? QStringLiteral("99+") : QString::number(count);
        const int side = 18;
        const QRect place(width() - side - 12, 4,
                          qMax(side, painter.fontMetrics().horizontalAdvance(words) + 8), side);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(look::color(look::Token::BadGround));
        painter.drawRoundedRect(place, side / 2.0, side / 2.0);
        painter.setPen(look::color(look::Token::Bad));
        painter.drawText(place, Qt::AlignCenter, words);
    }
};

} // namespace

Rail::Rail(QWidget* parent)
    : QWidget(parent), group_(new QButtonGroup(this)), column_(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("rail"));
    setAccessibleName(tr("Pages"));
    group_->setExclusive(true);
    column_->setContentsMargins(0, look::space, 0, look::space);
    column_->setSpacing(2);
    column_->addStretch();
    setFixedWidth(entryWidth);
}

void Rail::add(const QString& page, const QString& icon, const QString& text, const QString& help) {
    auto* entry = new Entry(this);
    entry->setObjectName(QStringLiteral("rail.") + page);
    entry->setProperty("page", page);
    entry->setProperty("iconName", icon);
    entry->setText(text);
    entry->setToolTip(help);
    entry->setAccessibleName(text);
    entry->setAccessibleDescription(help);
    entry->setCheckable(true);
    entry->setFixedSize(entryWidth, entryHeight);
    entry->setFocusPolicy(Qt::StrongFocus);
    group_->addButton(entry);
    column_->insertWidget(column_->count() - 1, entry);
    connect(entry, &QToolButton::clicked, this, [this, page] { emit chosen(page); });
}

QToolButton* Rail::button(const QString& page) const {
    return findChild<QToolButton*>(QStringLiteral("rail.") + page);
}

void Rail::setCurrent(const QString& page) {
    if (QToolButton* entry = button(page))
        entry->setChecked(true);
}

QString Rail::current() const {
    return group_->checkedButton() == nullptr ? QString()
                                              : group_->checkedButton()->property("page").toString();
}

void Rail::setCount(const QString& page, int count) {
    QToolButton* entry = button(page);
    if (entry == nullptr || entry->property("count").toInt() == count)
        return;
    entry->setProperty("count", count);
    entry->setAccessibleName(count > 0 ? tr("%1, %2").arg(entry->text()).arg(count) : entry->text());
    entry->update();
}

void Rail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), look::color(look::Token::Raised));
    painter.setPen(look::color(look::Token::Line));
    painter.drawLine(rect().topRight(), rect().bottomRight());
}

} // namespace gatehouse::window
