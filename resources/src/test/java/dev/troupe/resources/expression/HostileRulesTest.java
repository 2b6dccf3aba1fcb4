package dev.troupe.resources.expression;

import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules that are written to do harm are refused, or ended, before they do.
class HostileRulesTest {

  /// More than it takes on a machine that does other things as well.
  private static final Duration LONG = Duration.ofSeconds(20);

  static Stream<String> rules() {
    return Stream.of(
        "",
        "(".repeat(10_000),
        "!".repeat(50_000) + "true",
        "self.s.matches('((a{1000}){1000}){1000}')",
        "self.s.matches('(a*)*b')",
        "self.s.matches('" + "(".repeat(5_000) + "')",
        "1" + " + 1".repeat(20_000) + " > 0",
        "[" + "[".repeat(500) + "]".repeat(500) + "] == []",
        "self.l.all(a, self.l.all(b, self.l.all(c, self.l.all(d, self.l.all(e, true)))))",
        "'%1000000000d'.format([1]) == ''",
        "'%.9999f'.format([1.0]) == ''",
        "lists.range(9223372036854775807).size() == 0",
        "self.s.replace('', self.s.replace('', self.s)).size() > 0",
        "quantity('1e999999999').isInteger()",
        "semver('" + "9".repeat(1000) + ".0.0').major() > 0",
        "ip('::%') == ip('::1')",
        "url('//[').getHost() == ''",
        "x'\u0000'",
        "self.\u202e",
        "selfType.spec == self");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void harmIsBounded(String rule) {
    assertTimeout(LONG, () -> RulesFuzzTest.check(rule));
  }
}
