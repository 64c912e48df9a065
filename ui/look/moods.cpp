#include <look/moods.h>

namespace gatehouse::look {

Token tokenOf(Mood mood) {
    switch (mood) {
    case Mood::Good:
        return Token::Good;
    case Mood::Warning:
    case Mood::Busy:
        return Token::Warning;
    case Mood::Bad:
        return Token::Bad;
    case Mood::Neutral:
        break;
    }
    return Token::Neutral;
}

Token groundOf(Mood mood) {
    switch (mood) {
    case Mood::Good:
        return Token::GoodGround;
    case Mood::Warning:
    case Mood::Busy:
        return Token::WarningGround;
    case Mood::Bad:
        return Token::BadGround;
    case Mood::Neutral:
        break;
    }
    return Token::NeutralGround;
}

QString iconOf(Mood mood) {
    switch (mood) {
    case Mood::Good:
        return QStringLiteral("good");
    case Mood::Warning:
        return QStringLiteral("warning");
    case Mood::Bad:
        return QStringLiteral("bad");
    case Mood::Busy:
        return QStringLiteral("busy");
    case Mood::Neutral:
        break;
    }
    return QStringLiteral("neutral");
}

Mood moodOf(Problem::Kind kind) {
    switch (kind) {
    case Problem::Kind::Refused:
        return Mood::Bad;
    case Problem::Kind::Warning:
        return Mood::Warning;
    case Problem::Kind::Difference:
        break;
    }
    return Mood::Neutral;
}

} // namespace gatehouse::look
