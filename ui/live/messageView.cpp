#include <capture/bodyText.h>
#include <capture/headLines.h>
#include <desk/text.h>

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <live/exchangeModel.h>
#include <live/headerModel.h>
#include <live/messageView.h>
#include <look/tokens.h>

namespace gatehouse::live {

using desk::qt;

MessageView::MessageView(Kind kind, QWidget* parent)
    : QWidget(parent), kind_(kind), choice_(new QComboBox(this)), note_(new QLabel(this)),
      text_(new QPlainTextEdit(this)) {
    const QString name = kind == Kind::Raw ? QStringLiteral("live.raw") : QStringLiteral("live.body");
    choice_->setObjectName(name + QStringLiteral(".message"));
    choice_->setAccessibleName(tr("Message"));
    choice_->setToolTip(tr("Which message of the exchange is shown"));
    choice_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    text_->setObjectName(name + QStringLiteral(".text"));
    text_->setToolTip(kind == Kind::Raw ? tr("Every byte, secrets left out until revealed")
                                        : tr("What the message carried, secrets left out until revealed"));
    text_->setAccessibleName(kind == Kind::Raw ? tr("The message as it stood on the wire") : tr("The body"));
    text_->setReadOnly(true);
    text_->setFrameShape(QFrame::NoFrame);
    text_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text_->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    text_->setWordWrapMode(QTextOption::WrapAnywhere);
    text_->setTabChangesFocus(true);
    note_->setObjectName(name + QStringLiteral(".note"));
    auto* top = new QHBoxLayout;
    top->setSpacing(look::space);
    top->addWidget(choice_);
    top->addWidget(note_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(look::space, look::space, look::space, 0);
    column->setSpacing(look::space);
    column->addLayout(top);
    column->addWidget(text_, 1);
    connect(choice_, qOverload<int>(&QComboBox::activated), this, &MessageView::refresh);
}

void MessageView::show(const Glance& glance) {
    const QString chosen = choice_->currentText();
    glance_ = glance;
    entries_.clear();
    if (glance.exchange) {
        const exchange::Exchange& exchange = *glance.exchange;
        entries_.push_back({tr("Request of the client"), &exchange.client.request});
        int number = 0;
        for (const exchange::Leg& leg : exchange.attempts) {
            const QString whom =
                exchange.attempts.size() > 1
                    ? tr("%1 %2 (%3)").arg(partyText(leg.to.party), qt(leg.to.name)).arg(++number)
                    : tr("%1 %2").arg(partyText(leg.to.party), qt(leg.to.name));
            entries_.push_back({tr("Request to %1").arg(whom), &leg.request});
            if (!leg.response.head.empty())
                entries_.push_back({tr("Answer of %1").arg(whom), &leg.response});
        }
        entries_.push_back({tr("Answer to the client"), &exchange.client.response});
    }
    choice_->clear();
    for (const Entry& entry : entries_)
        choice_->addItem(entry.name);
    // The answer has the body as a rule.
    int at = choice_->findText(chosen);
    if (at < 0)
        at = kind_ == Kind::Body && !entries_.empty() && entries_.front().message->body.size == 0
                 ? static_cast<int>(entries_.size()) - 1
                 : 0;
    choice_->setCurrentIndex(at);
    refresh();
}

void MessageView::refresh() {
    const int at = choice_->currentIndex();
    note_->clear();
    text_->clear();
    if (at < 0 || static_cast<std::size_t>(at) >= entries_.size())
        return;
    const exchange::Message& message = *entries_[static_cast<std::size_t>(at)].message;
    if (kind_ == Kind::Raw)
        showRaw(message);
    else
        showBody(message);
}

void MessageView::showRaw(const exchange::Message& message) {
    if (message.head.empty()) {
        note_->setText(glance_.exchange->client.error.empty() ? tr("There was no such message.")
                                                              : glance_.text(glance_.exchange->client.error));
        return;
    }
    text_->setPlainText(glance_.text(message.head) + QLatin1Char('\n') + glance_.text(message.body.start));
    note_->setText(tr("%1 head, %2 body").arg(sizeText(message.head.size()), sizeText(message.body.size)));
}

void MessageView::showBody(const exchange::Message& message) {
    if (message.body.size == 0) {
        note_->setText(tr("This message has no body."));
        return;
    }
    const std::string clean = glance_.clean(message.body.start);
    const capture::BodyText body =
        capture::bodyText(clean, capture::headLines(message.head).get("Content-Type"));
    const QString forms[] = {{}, QStringLiteral("JSON"), tr("form"), tr("text"), tr("bytes")};
    QString note = tr("%1, %2").arg(sizeText(message.body.size), forms[static_cast<std::size_t>(body.form)]);
    if (message.body.size > message.body.start.size())
        note += tr(": only the first %1 are kept").arg(sizeText(message.body.start.size()));
    if (message.body.state == exchange::BodyState::Truncated)
        note += tr("; it broke off");
    note_->setText(note);
    text_->setPlainText(qt(body.text));
}

QString MessageView::currentValue() const {
    const QString selected = text_->textCursor().selectedText();
    return selected.isEmpty() ? text_->toPlainText() : selected;
}

} // namespace gatehouse::live
