package dev.troupe.resources.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonPathTest {

  private static final String OBJECT =
      """
      {"metadata":{"labels":{"a.b/c":"d"}},
       "status":{"n":3,"conditions":[{"type":"Synced","status":"False"},{"type":"Ready","status":"True","n":2}]}}\
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          .status.n|3
          .metadata.labels.a\\.b/c|"d"
          .metadata.labels['a.b/c']|"d"
          .status.conditions[0].type|"Synced"
          .status.conditions[-1].type|"Ready"
          .status.conditions[*].type|"Synced" "Ready"
          .status.conditions[0:1].type|"Synced"
          .status.conditions[?(@.type=="Ready")].status|"True"
          .status.conditions[?(@.type == 'Ready')].status|"True"
          .status.conditions[?(@.type!='Ready')].status|"False"
          .status.conditions[?(@.n>1)].type|"Ready"
          .status.conditions[?(@.n)].type|"Ready"
          .status.conditions[7].type|
          .status.nothing.at.all|
          """)
  void valuesAreFound(String path, @Nullable String expected) {
    var found = JsonPath.parse(path).orElseThrow().find(new JsonMapper().readTree(OBJECT));

    assertThat(String.join(" ", found.stream().map(Object::toString).toList()))
        .isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {".a[", ".a[?(@.b==)", ".a[x]", "..a", ".a..b"})
  void whatIsNotUnderstoodIsNoPath(String path) {
    assertThat(JsonPath.parse(path)).isEmpty();
  }

  @Test
  void aDotIsTheObject() {
    var object = new JsonMapper().readTree(OBJECT);

    assertThat(JsonPath.parse(".").orElseThrow().find(object)).containsExactly(object);
  }
}
