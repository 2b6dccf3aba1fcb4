package dev.troupe.resources.structural;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.validation.FieldErrors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// No schema and no value, whatever they look like, make the rules stumble; what has been pruned
/// and completed once is so for ever.
class StructuralFuzzTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> WORDS =
      List.of(
          "type",
          "properties",
          "items",
          "additionalProperties",
          "nullable",
          "default",
          "enum",
          "required",
          "minimum",
          "maxLength",
          "pattern",
          "format",
          "anyOf",
          "oneOf",
          "allOf",
          "not",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-embedded-resource",
          "x-kubernetes-int-or-string",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "object",
          "array",
          "string",
          "integer",
          "map",
          "set",
          "a",
          "b",
          "spec",
          "metadata");

  @FuzzTest
  void anyBytesAreASchemaAndAValueOrAreNot(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    int half = text.length() / 2;
    try {
      if (JSON.readTree(text.substring(0, half)) instanceof ObjectNode schema
          && JSON.readTree(text.substring(half)) instanceof ObjectNode value) {
        hold(schema, value);
      }
    } catch (JacksonException notJson) {
      assertThat(notJson).isNotNull();
    }
  }

  @Test
  void randomValuesAreHeldAgainstRandomSchemas() {
    for (int seed = 0; seed < 5_000; seed++) {
      var random = new Random(seed);
      hold(object(random, 6), object(random, 4));
    }
  }

  private static void hold(ObjectNode schema, ObjectNode value) {
    Structural structural;
    try {
      structural = Structural.of(schema);
    } catch (IllegalArgumentException badPattern) {
      assertThat(badPattern).hasMessageStartingWith("error parsing regexp");
      return;
    }
    var before = value.deepCopy();
    var once = StructuralPruning.resource(value, structural, Conformer.standard()).object();
    assertThat(value).isEqualTo(before);
    Defaulting.complete(once, structural);
    var twice = StructuralPruning.resource(once, structural, Conformer.standard()).object();
    Defaulting.complete(twice, structural);
    var thrice = StructuralPruning.resource(twice, structural, Conformer.standard()).object();
    Defaulting.complete(thrice, structural);
    assertThat(Json.same(twice, thrice)).isTrue();
    ResourceCheck.whole(once, null, structural, new FieldErrors());
    ResourceCheck.whole(once, value, structural, new FieldErrors());
  }

  private static ObjectNode object(Random random, int depth) {
    var object = Json.object();
    for (int i = random.nextInt(5); i >= 0; i--) {
      object.set(WORDS.get(random.nextInt(WORDS.size())), value(random, depth - 1));
    }
    return object;
  }

  private static JsonNode value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> JSON.getNodeFactory().nullNode();
      case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case 2 -> JSON.getNodeFactory().numberNode(random.nextInt(20) - 5);
      case 3 -> JSON.getNodeFactory().numberNode(random.nextDouble());
      case 4 -> Json.string(WORDS.get(random.nextInt(WORDS.size())));
      case 5 -> {
        var list = Json.array();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> object(random, depth);
    };
  }
}
