package dev.troupe.resources.ownership.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Sets of fields are sets of paths, and are written as Kubernetes writes them.
class FieldSetTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static ObjectNode json(String text) {
    return (ObjectNode) JSON.readTree(text);
  }

  private static FieldSet random(Random random) {
    var set = FieldSet.EMPTY;
    for (int i = random.nextInt(6); i > 0; i--) {
      var path = new PathStep[1 + random.nextInt(3)];
      for (int j = 0; j < path.length; j++) {
        path[j] = step(random);
      }
      set = set.union(FieldSet.of(path));
    }
    return set;
  }

  private static PathStep step(Random random) {
    var value = JSON.getNodeFactory().numberNode(random.nextInt(2));
    return switch (random.nextInt(4)) {
      case 0 -> new PathStep.FieldStep("f" + random.nextInt(2));
      case 1 -> new PathStep.KeyStep(List.of(new PathStep.KeyValue("k", value)));
      case 2 -> new PathStep.ValueStep(value);
      default -> new PathStep.IndexStep(random.nextInt(2));
    };
  }

  private static Set<String> paths(FieldSet set) {
    assertThat(set.paths()).doesNotHaveDuplicates();
    return new HashSet<>(set.paths());
  }

  @Test
  void operationsAreThoseOfSetsOfPaths() {
    var random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      var one = random(random);
      var other = random(random);
      var union = paths(one);
      union.addAll(paths(other));
      var common = paths(one);
      common.retainAll(paths(other));
      var rest = paths(one);
      rest.removeAll(paths(other));
      var outside = new ArrayList<>(one.paths());
      outside.removeIf(path -> other.paths().stream().anyMatch(path::startsWith));

      assertThat(paths(one.union(other))).isEqualTo(union);
      assertThat(paths(one.intersection(other))).isEqualTo(common);
      assertThat(paths(one.difference(other))).isEqualTo(rest);
      assertThat(one.without(other).paths()).isEqualTo(outside);
      assertThat(one.containsAll(other)).isEqualTo(paths(one).containsAll(paths(other)));
      assertThat(one.difference(other).union(one.intersection(other))).isEqualTo(one);
      assertThat(FieldsV1.read(FieldsV1.write(one))).hasValue(one);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"f:a\":{}}",
        "{\"f:a\":{\".\":{},\"f:b\":{}},\"f:c\":{\"f:d\":{}}}",
        "{\"f:l\":{\"k:{\\\"name\\\":\\\"a\\\",\\\"port\\\":80}\":{\".\":{},\"f:x\":{}},\"v:1\":{},\"v:\\\"x\\\"\":{},\"i:3\":{}}}"
      })
  void whatIsReadIsWrittenAgain(String text) {
    assertThat(FieldsV1.write(FieldsV1.read(json(text)).orElseThrow()).toString()).isEqualTo(text);
  }

  @Test
  void whatIsNoSetIsNotRead() {
    for (var text :
        List.of(
            "{\"a\":{}}",
            "{\"f:a\":1}",
            "{\"k:1\":{}}",
            "{\"k:{\\\"a\\\":[]}\":{}}",
            "{\"v:{}\":{}}",
            "{\"v:\":{}}",
            "{\"i:x\":{}}")) {
      assertThat(FieldsV1.read(json(text))).as(text).isEmpty();
    }
    assertThat(FieldsV1.read(json("{\"x:a\":{},\"f:b\":{}}"))).hasValue(FieldSet.ofFields("b"));
  }

  @Test
  void aPathIsInTheSetOnItsOwn() {
    var set = FieldSet.ofFields("a", "b").union(FieldSet.ofFields("a", "b", "c"));

    assertThat(set.has(List.of(new PathStep.FieldStep("a")))).isFalse();
    assertThat(set.has(List.of(new PathStep.FieldStep("a"), new PathStep.FieldStep("b")))).isTrue();
    assertThat(set.paths()).containsExactly(".a.b", ".a.b.c");
  }
}
