#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <look/moods.h>
#include <look/state.h>

namespace gatehouse::look {

namespace {

constexpr int pictureSide = 48, widestText = 520;

} // namespace

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent), icon_(new QLabel(this)), title_(new QLabel(this)), text_(new QLabel(this)),
      buttons_(new QVBoxLayout) {
    QFont large = title_->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    title_->setFont(large);
    for (QLabel* label : {title_, text_}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignCenter);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    icon_->setAlignment(Qt::AlignCenter);
    buttons_->setSpacing(space);
    auto* middle = new QWidget(this);
    middle->setMaximumWidth(widestText);
    auto* row = new QHBoxLayout(this);
    row->addStretch(1);
    row->addWidget(middle, 1000); // all there is, up to its greatest width
    row->addStretch(1);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(spaceLarge, spaceLarge, spaceLarge, spaceLarge);
    column->setSpacing(space);
    column->addStretch();
    column->addWidget(icon_, 0, Qt::AlignHCenter);
    column->addWidget(title_); // no alignment: a wrapped text is as high as its width asks for
    column->addWidget(text_);
    column->addSpacing(space);
    column->addLayout(buttons_);
    column->addStretch();
}

void EmptyState::say(Mood mood, const QString& iconName, const QString& title, const QString& text) {
    mood_ = mood;
    iconName_ = iconName;
    title_->setText(title);
    text_->setText(text);
    text_->setVisible(!text.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
    for (int i = 0; i < buttons_->count(); ++i)
        buttons_->itemAt(i)->widget()->setToolTip(text.isEmpty() ? title : text);
    paintIcon();
}

QPushButton* EmptyState::addButton(const QString& text, const QString& objectName) {
    auto* button = new QPushButton(text, this);
    button->setObjectName(objectName);
    button->setToolTip(text_->text().isEmpty() ? title_->text() : text_->text());
    buttons_->addWidget(button, 0, Qt::AlignHCenter);
    return button;
}

void EmptyState::clearButtons() {
    while (QLayoutItem* item = buttons_->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide(); // it may be the one whose click leads here, so it goes a moment later
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void EmptyState::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintIcon();
}

void EmptyState::paintIcon() {
    if (!iconName_.isEmpty())
        icon_->setPixmap(icon(iconName_, tokenOf(mood_)).pixmap(pictureSide, pictureSide));
}

} // namespace gatehouse::look
