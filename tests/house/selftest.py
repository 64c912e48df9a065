#!/usr/bin/env python3
"""A rule that cannot fail is no rule: each finds its bad sample and leaves its good one alone."""
import unittest

import built
import cpptext
import rows
import rules


class Rules(unittest.TestCase):
    def test_each_rule_finds_its_bad_sample(self):
        for rule in rules.RULES:
            with self.subTest(rule.name):
                self.assertTrue(rules.findings(rule, rule.bad))

    def test_each_rule_leaves_its_good_sample_alone(self):
        for rule in rules.RULES:
            with self.subTest(rule.name):
                self.assertEqual(rules.findings(rule, rule.good) if rule.good else [], [])

    def test_the_plan_has_all_floors(self):
        self.assertEqual(sorted(set(rules.FLOOR.values())), list(range(15)))

    def test_code_is_without_comments_and_literals(self):
        self.assertEqual(cpptext.code('a("x;{"); // {\n/* {\n */ b(R"z({)" ")z", \'{\', 1\'000);'),
                         'a(""); \n\n b("", "", 1\'000);')

    def test_awaits_end_where_their_expression_ends(self):
        def bad(text):
            return any(cpptext.holds_aggregate_or_lambda(e) for _, e in cpptext.co_await_expressions(text))
        for text in ("co_await f(A{});", "co_await f([&] { });", "x = g(co_await f(), B{1});",
                     "co_await f([this](int) { return 1; }, 2);", "co_await\n  f(\n  A{1});"):
            self.assertTrue(bad(text), text)
        for text in ("while (co_await f()) { g(); }", "co_await f(a[1](2)); auto b = A{};", "co_await f('{');",
                     "for (auto x : co_await all(3)) {"):
            self.assertFalse(bad(text), text)

    def test_the_build_record_tells_floors_and_libraries(self):
        def found(source, header):
            return list(built.check({source: [header]}))
        self.assertTrue(found("core/http/a.cpp", "rooms/gate/gate/gate.h"))
        self.assertTrue(found("core/gate/a.cpp", "/usr/include/asio/buffer.hpp"))
        self.assertTrue(found("core/engine/engine.cpp", "/usr/include/yaml-cpp/yaml.h"))
        self.assertTrue(found("core/lab/a.cpp", "/usr/include/openssl/evp.h"))
        self.assertTrue(found("core/lab/a.cpp", "/usr/include/nlohmann/json.hpp"))
        self.assertTrue(found("core/lab/a.cpp", "/usr/include/x86_64-linux-gnu/qt6/QtCore/QString"))
        self.assertFalse(found("core/gate/a.cpp", "rooms/http/http/head.h"))
        self.assertFalse(found("core/realm/realmJson.cpp", "/usr/include/nlohmann/json.hpp"))

    def test_rows_are_found_used_and_hit(self):
        files = [rules.File("core/gate/a.cpp", 'constexpr RuleRow csrf{"gate.csrf", "…"};\nconstexpr Message gone{"gone", "…"};\n'
                            'constexpr RuleRow rules[] = {\n    {"gate.a", "x"},\n    {.id = "gate.b"},\n};\nadd(&csrf);\n'),
                 rules.File("core/gate/b.cpp", 'constexpr RuleRow again{"gate.csrf", "…"};\nadd(&again);\n')]
        self.assertEqual([row[1] for row in rows.rows(files)], ["gate.csrf", "gone", "gate.a", "gate.b", "gate.csrf"])
        self.assertEqual([what for _, _, what in rows.check_rows(files)],
                         ["Message gone is used nowhere", "RuleRow gate.csrf is written in core/gate/a.cpp too"])
        missing, count, pairs = rows.never_hit(files[:1], "gate.csrf matched\ngate.csrf denied\ngate.a set\n")
        self.assertEqual(([row[1] for row in missing], count, pairs), (["gate.b"], 3, 3))


unittest.main()
