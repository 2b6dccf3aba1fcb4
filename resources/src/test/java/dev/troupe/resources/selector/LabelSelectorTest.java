package dev.troupe.resources.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class LabelSelectorTest {

  private static final Map<String, String> LABELS =
      Map.of("app", "web", "tier", "a", "empty", "", "n", "5", "example.com/x", "y");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          app | true
          !app | false
          nope | false
          !nope | true
          app=web | true
          app == web | true
          app!=web | false
          nope!=web | true
          empty= | true
          tier in (a, b) | true
          tier in (b) | false
          tier notin (b) | true
          nope notin (b) | true
          empty in (,b) | true
          n>4 | true
          n<5 | false
          app=web,tier=a | true
          app=web,tier=b | false
          example.com/x = y | true
          in in (in) | false
          """)
  void matchesAsInKubernetes(String selector, boolean matches) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a, | found '', expected: identifier after ','
          ,a | found ',', expected: !, identifier, or 'end of string'
          a b | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt
          a in b | unable to parse requirement: found 'b' expected: '('
          a in (b | unable to parse requirement: found '', expected: ',' or ')'
          a=b c | found 'c', expected: ',' or 'end of string'
          a=( | unable to parse requirement: found '(', expected: identifier
          n>x | unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer
          """)
  void brokenSelectorsAreRefusedInKubernetesWords(String selector, String message) {
    assertThatThrownBy(() -> LabelSelector.parse(selector)).hasMessage(message);
  }

  @Test
  void keysAndValuesMustBeOnesOfLabels() {
    assertThatThrownBy(() -> LabelSelector.parse("a$=b"))
        .hasMessageStartingWith(
            "unable to parse requirement: <nil>: Invalid value: \"a$\": name part must consist of");
    assertThatThrownBy(() -> LabelSelector.parse("a=-b"))
        .hasMessageStartingWith(
            "unable to parse requirement: values[0][a]: Invalid value: \"-b\": a valid label must");
  }

  @Test
  void objectsSelectTheSame() {
    var json = new JsonMapper();
    var selector =
        LabelSelector.from(
            json.readTree(
                """
                {"matchLabels":{"app":"web"},"matchExpressions":[
                  {"key":"tier","operator":"NotIn","values":["c","b"]},{"key":"nope","operator":"DoesNotExist"}]}
                """));

    assertThat(selector.matches(LABELS)).isTrue();
    assertThat(selector).hasToString("app=web,!nope,tier notin (b,c)");
    assertThat(LabelSelector.from(null).matches(LABELS)).isFalse();
    assertThat(LabelSelector.from(json.createObjectNode()).matches(LABELS)).isTrue();
  }

  @Test
  void anyTextIsReadOrRefused() {
    var random = new Random(5);
    var alphabet = "ab=!(),><in notin \t/.$\u00e9";
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        var selector = LabelSelector.parse(text.toString());
        assertThat(LabelSelector.parse(selector.toString()).requirements())
            .as(text.toString())
            .isEqualTo(selector.requirements());
      } catch (InvalidSelectorException refused) {
        assertThat(refused.message()).isNotEmpty();
      }
    }
  }
}
