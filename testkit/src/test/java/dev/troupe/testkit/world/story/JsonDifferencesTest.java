package dev.troupe.testkit.world.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonDifferencesTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static JsonNode json(String text) {
    return MAPPER.readTree(text.replace('\'', '"'));
  }

  @Test
  void eachFieldThatDiffersIsNamedWithBothValues() {
    assertThat(
            JsonDifferences.of(
                json("{'spec':{'replicas':3,'paused':true},'list':[1,{'a':'x'}],'same':{}}"),
                json("{'spec':{'replicas':4,'image':'b'},'list':[1,{'a':'y'}],'same':{}}")))
        .containsExactly(
            "spec.replicas: 3 → 4",
            "spec.paused: true → nothing",
            "spec.image: nothing → b",
            "list[1].a: x → y");
  }

  @Test
  void listsOfOtherLengthsDifferAsAWhole() {
    assertThat(JsonDifferences.of(json("{'list':[1]}"), json("{'list':[1,2]}")))
        .containsExactly("list: [1] → [1,2]");
  }

  @Test
  void sameTreesDoNotDiffer() {
    assertThat(JsonDifferences.of(json("{'a':[1]}"), json("{'a':[1]}"))).isEmpty();
    assertThat(JsonDifferences.of(null, null)).isEmpty();
  }

  @Test
  void longValuesAreCut() {
    assertThat(JsonDifferences.of(json("'" + "x".repeat(500) + "'"), json("1")))
        .singleElement()
        .asString()
        .hasSizeLessThan(100)
        .contains("x… → 1");
  }
}
