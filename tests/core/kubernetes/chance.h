// Values by chance, from a seed.
#pragma once

#include <base/node.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::kubernetes::test {

class Chance {
public:
    explicit Chance(unsigned seed) : random_(seed) {}

protected:
    using Map = std::vector<std::pair<std::string, Node>>;

    int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
    bool chance(int of = 2) { return below(of) == 0; }
    static Node plain(std::string value) { return Node::scalar(std::move(value)); }
    static Node text(std::string value) { return Node::scalar(std::move(value), true); }

    template <class F>
    Node list(int least, int most, F make) {
        std::vector<Node> items;
        for (int i = 0, count = least + below(most - least + 1); i < count; ++i)
            items.push_back(make(i));
        return Node::list(std::move(items));
    }
    template <class F>
    static Node each(const std::vector<std::string>& values, F make) {
        std::vector<Node> items;
        for (const std::string& value : values)
            items.push_back(make(value));
        return Node::list(std::move(items));
    }
    // Left out one time in `of`.
    void maybe(Map& out, std::string key, Node value, int of = 2) {
        if (!chance(of))
            out.emplace_back(std::move(key), std::move(value));
    }

    std::vector<std::string> names(const std::string& stem, int least, int most) {
        std::vector<std::string> out;
        for (int i = 0, count = least + below(most - least + 1); i < count; ++i)
            out.push_back(stem + std::to_string(i) + (chance() ? "-" + word() : ""));
        return out;
    }
    std::string word() {
        static constexpr const char* words[] = {"app", "web", "auth", "blue", "api", "x1", "zone", "docs"};
        return words[below(8)];
    }
    // What writers and shells trip over.
    std::string hard() {
        static constexpr const char* texts[] = {"plain",
                                                "true",
                                                "0123",
                                                "a: b",
                                                "# no comment",
                                                "'single' \"double\"",
                                                "back\\slash",
                                                "a,b",
                                                "$x",
                                                "$(NAME)",
                                                "$$(NAME)",
                                                "$$",
                                                "end$",
                                                "ü–€",
                                                "~",
                                                "yes",
                                                "1e3",
                                                " blanks ",
                                                "{a: b}",
                                                "[x]",
                                                "*",
                                                "&a",
                                                "!tag",
                                                "%41",
                                                "-",
                                                "a#b",
                                                "@at",
                                                "`tick`",
                                                "|",
                                                ">",
                                                "^/api/(.*)$",
                                                "\\.example\\.com$",
                                                "tab\there",
                                                "https://a.test/x?y=1&z=2",
                                                "null"};
        return texts[below(static_cast<int>(std::size(texts)))];
    }
    std::string host() { return word() + "." + word() + ".test"; }
    std::string number(int least, int most) { return std::to_string(least + below(most - least + 1)); }
    std::string boolean() { return chance() ? "true" : "false"; }
    std::string url() {
        return (chance() ? "https://" : "http://") + host() + (chance() ? "" : ":8080") + "/" + word();
    }
    std::string spaceName() { return chance(3) ? "default" : "ns-" + word(); }
    std::string secretName() { return word() + (chance() ? "-" : "_") + word() + (chance() ? ".k" : ""); }
    Node secret() { return Node::map({{"secret", text(secretName())}}); }

private:
    std::mt19937 random_; // the same everywhere (ISO C++ [rand.predef])
};

} // namespace gatehouse::kubernetes::test
