#include <desk/text.h>

#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <forms/section.h>
#include <look/tokens.h>

namespace gatehouse::forms {

Section::Section(const QString& title, std::vector<const FieldSpec*> fields, Maker maker, QWidget* parent)
    : QWidget(parent), title_(title), fields_(std::move(fields)), wanted_(fields_.size(), true),
      maker_(std::move(maker)), heading_(new QToolButton(this)), content_(new QWidget(this)),
      rows_(new QVBoxLayout(content_)) {
    setObjectName("section:" + title);
    heading_->setObjectName("heading:" + title);
    heading_->setText(title);
    heading_->setAutoRaise(true);
    heading_->setFocusPolicy(Qt::StrongFocus);
    heading_->setArrowType(Qt::RightArrow);
    heading_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    heading_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    heading_->setToolTip(tr("Open or close this section"));
    heading_->setAccessibleName(title);
    QFont font = heading_->font();
    font.setBold(true);
    heading_->setFont(font);
    rows_->setContentsMargins(look::spaceLarge + look::spaceSmall, look::spaceSmall, 0, look::space);
    rows_->setSpacing(look::space);
    content_->hide();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(heading_);
    layout->addWidget(content_);
    connect(heading_, &QToolButton::clicked, this, [this] { setOpen(!isOpen()); });
}

bool Section::isOpen() const {
    return heading_->arrowType() == Qt::DownArrow;
}

void Section::setOpen(bool open) {
    if (open == isOpen())
        return;
    heading_->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    heading_->setAccessibleDescription(open ? tr("open") : tr("closed"));
    if (open)
        showRows();
    content_->setVisible(open);
    if (open)
        emit opened();
}

void Section::narrow(const std::function<bool(const FieldSpec&)>& wanted, bool openMatches) {
    for (std::size_t i = 0; i < fields_.size(); ++i)
        wanted_[i] = wanted(*fields_[i]);
    const bool any = std::ranges::find(wanted_, true) != wanted_.end();
    setVisible(any);
    if (openMatches)
        setOpen(any);
    if (isOpen())
        showRows();
}

void Section::tell(int set, int problems) {
    QString text = title_;
    if (set > 0)
        text += tr("   %1 set").arg(set);
    if (problems > 0)
        text += problems == 1 ? tr("   one problem") : tr("   %1 problems").arg(problems);
    heading_->setText(text);
    heading_->setAccessibleName(text);
}

FieldRow* Section::existing(const FieldSpec& spec) const {
    const auto found = made_.find(&spec);
    return found == made_.end() ? nullptr : found->second;
}

FieldRow* Section::row(const FieldSpec& spec) {
    if (FieldRow* known = existing(spec))
        return known;
    FieldRow* out = maker_(spec, content_);
    // In the order of the fields, whatever was made before.
    int at = 0;
    for (const FieldSpec* each : fields_) {
        if (each == &spec)
            break;
        if (existing(*each) != nullptr)
            ++at;
    }
    rows_->insertWidget(at, out);
    made_.emplace(&spec, out);
    // Tab goes from row to row as they stand, not as they were made.
    if (at > 0)
        setTabOrder(rows_->itemAt(at - 1)->widget(), out);
    return out;
}

void Section::showRows() {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        if (wanted_[i])
            row(*fields_[i])->QWidget::show();
        else if (FieldRow* hidden = existing(*fields_[i]))
            hidden->hide();
    }
}

} // namespace gatehouse::forms
