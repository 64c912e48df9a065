// Colours of YAML in the source beside a form: keys, values by what they read as, comments.
#pragma once

#include <QSyntaxHighlighter>

namespace gatehouse::forms {

class YamlHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString& line) override;

private:
    qsizetype quoted(const QString& line, qsizetype at);
    void plain(const QString& line, qsizetype begin, qsizetype end);
};

} // namespace gatehouse::forms
