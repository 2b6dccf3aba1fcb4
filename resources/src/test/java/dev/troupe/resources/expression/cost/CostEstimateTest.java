package dev.troupe.resources.expression.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.SimpleType;
import dev.troupe.resources.expression.language.Scope;
import dev.troupe.resources.expression.type.TypedSchema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What Kubernetes finds that rules cost at most, without and with a bound on what they look at.
class CostEstimateTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  static long cost(String schema, String rule) {
    var typed = TypedSchema.of((ObjectNode) JSON.readTree(schema), false).orElseThrow();
    return Scope.of(typed.self(), typed.structs(), false)
        .compile(rule, SimpleType.BOOL, "no bool")
        .highestCost();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          number | self.all(x, true) | 4718591 | 10 | 32
          string | self.all(x, true) | 3145727 | 20 | 62
          boolean | self.all(x, true) | 1887437 | 5 | 17
          duration | self.all(x, true) | 2359295 | 5 | 17
          date | self.all(x, true) | 725936 | 15 | 47
          date-time | self.all(x, true) | 428963 | 25 | 77
          int-or-string | self.all(x, true) | 4718591 | 10 | 32
          number | self[1] == 0.0 | 2 | 5000 | 2
          string | self[1] == self[1] | 314577 | 8 | 314577
          number | self.all(x, x == 0.0) | 6291454 | 6291456 | 25165826
          int-or-string | self[0] == 5 | 3 | 10 | 3
          boolean | self[0] == false | 2 | 25 | 2
          duration | self[0].getHours() == 2 | 4 | 525 | 4
          date | self[2].getDayOfMonth() == 13 | 4 | 42 | 4
          """)
  void ofLists(String item, String rule, long unbounded, long most, long bounded) {
    var items = schema(item);

    assertThat(cost("{\"type\":\"array\",\"items\":" + items + "}", rule)).isEqualTo(unbounded);
    assertThat(cost("{\"type\":\"array\",\"maxItems\":" + most + ",\"items\":" + items + "}", rule))
        .isEqualTo(bounded);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          number | self.all(x, true) | 1348169 | 10 | 32
          string | self.all(x, true) | 1179647 | 3 | 11
          boolean | self.all(x, true) | 943718 | 100 | 302
          int-or-string | self.all(x, true) | 1348169 | 15 | 47
          duration | self.all(x, true) | 1048577 | 5 | 17
          date | self.all(x, true) | 524288 | 10 | 32
          date-time | self.all(x, true) | 349526 | 25 | 77
          number | self["x"] == 0.0 | 2 | 1 | 2
          integer | oldSelf.size() == self.size() | 5 | 10 | 5
          date-time | self["a"] == self["b"] | 8 | 7 | 8
          duration | self["c"] == self["d"] | 8 | 42 | 8
          """)
  void ofMaps(String value, String rule, long unbounded, long most, long bounded) {
    var values = schema(value);

    assertThat(cost("{\"type\":\"object\",\"additionalProperties\":" + values + "}", rule))
        .isEqualTo(unbounded);
    assertThat(
            cost(
                "{\"type\":\"object\",\"maxProperties\":"
                    + most
                    + ",\"additionalProperties\":"
                    + values
                    + "}",
                rule))
        .isEqualTo(bounded);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          self.contains('test') | 314574 | 10 | 5
          self.startsWith('test') | 2 | 15 | 2
          self.endsWith('test') | 2 | 30 | 2
          size(self + "hello") > size("hello") | 314578 | 4 | 7
          self.matches("x") | 314574 | 50 | 22
          "".matches("(((((((((())))))))))[0-9]") | 7 | 10 | 7
          self.matches("") | 1 | 100 | 1
          self == "x" | 2 | 0 | 1
          self.find('[0-9]+') == '' | 629147 | 10 | 11
          self.lowerAscii() == 'lower!' | 314575 | 10 | 6
          """)
  void ofTexts(String rule, long unbounded, long most, long bounded) {
    assertThat(cost("{\"type\":\"string\"}", rule)).isEqualTo(unbounded);
    assertThat(cost("{\"type\":\"string\",\"maxLength\":" + most + "}", rule)).isEqualTo(bounded);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"array","items":{"type":"string"}} | self.join(' ') == 'aa bb' | 329853068905
          {"type":"array","maxItems":10,"items":{"type":"string","maxLength":10}} | self.join(' ') == 'aa bb' | 43
          {"type":"array","items":{"type":"string"}} | self.isSorted() == true | 329854432052
          {"type":"array","maxItems":10,"items":{"type":"string","maxLength":10}} | self.isSorted() == true | 52
          {"type":"object","properties":{"str":{"type":"string"},"before":{"type":"string","maxLength":2},"after":{"type":"string","maxLength":4}}} | self.str.replace(self.before, self.after) == 'does not matter' | 629154
          {"type":"object","properties":{"str":{"type":"string","maxLength":4},"before":{"type":"string","maxLength":2},"after":{"type":"string","maxLength":4}}} | self.str.replace(self.before, self.after) == 'does not matter' | 12
          {"type":"object","properties":{"str":{"type":"string"},"separator":{"type":"string"}}} | self.str.split(self.separator) == [] | 629160
          {"type":"object","properties":{"str":{"type":"string","maxLength":10},"separator":{"type":"string","maxLength":10}}} | self.str.split(self.separator) == [] | 22
          {"type":"string","enum":["A","B","C","LongValue"]} | self.contains('A') | 2
          {"type":"string","maxLength":1000,"enum":["A","B","C","LongValue"]} | self.contains('A') | 401
          {"x-kubernetes-int-or-string":true} | isQuantity(self) | 314574
          {"x-kubernetes-int-or-string":true,"maxLength":20} | isQuantity(self) | 9
          {"type":"array","items":{"type":"array","items":{"type":"number"}}} | self.all(x, true) | 3145727
          {"type":"array","items":{"type":"array","items":{"type":"number"}}} | self[0][0] == -1.0 | 3
          {"type":"array","maxItems":10,"items":{"type":"number"}} | self.all(x, self.all(y, true)) | 352
          {"type":"array","maxItems":10,"items":{"type":"number"}} | self.all(x, self.all(y, self.all(z, true))) | 3552
          {"type":"array","items":{"type":"object","required":["required"],"properties":{"required":{"type":"string"},"optional":{"type":"string"}}}} | self.all(x, true) | 555128
          {"type":"array","items":{"type":"object","required":["required"],"properties":{"required":{"type":"string"},"optional":{"type":"string"}}}} | self[0] == null | 2
          {"type":"array","items":{"type":"object","additionalProperties":{"type":"number"}}} | self.all(x, x.y == 25.2) | 6291452
          {"type":"array","items":{"type":"object","additionalProperties":{"type":"number"}}} | self[0].x > 2.0 | 4
          {"type":"object","additionalProperties":{"type":"string"}} | self.all(x, x.contains(self[x])) | 2752507
          {"type":"object","maxProperties":10,"additionalProperties":{"type":"string","maxLength":10}} | self.all(x, x.contains(self[x])) | 72
          {"type":"array","items":{"type":"object","additionalProperties":{"type":"object","required":["required"],"properties":{"required":{"type":"string"},"optional":{"type":"string"}}}}} | self.all(x, x["y"].required == "z") | 7340027
          """)
  void ofOthers(String schema, String rule, long cost) {
    assertThat(cost(schema, rule)).isEqualTo(cost);
  }

  private static String schema(String type) {
    return switch (type) {
      case "int-or-string" -> "{\"x-kubernetes-int-or-string\":true}";
      case "duration", "date", "date-time" -> "{\"type\":\"string\",\"format\":\"" + type + "\"}";
      default -> "{\"type\":\"" + type + "\"}";
    };
  }
}
