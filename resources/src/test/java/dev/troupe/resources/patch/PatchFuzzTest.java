package dev.troupe.resources.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.troupe.resources.schema.Schemas;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// No patch, whatever it looks like, makes the rules stumble or changes what it is applied to.
class PatchFuzzTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final ObjectNode POD =
      Documents.object(
          """
          {'apiVersion':'v1','kind':'Pod','metadata':{'name':'web','finalizers':['a','b']},
           'spec':{'containers':[{'name':'a','image':'1','ports':[{'containerPort':80}]},
           {'name':'b','image':'2'}]}}\
          """);

  @FuzzTest
  void anyBytesAreAPatchOrAreNot(byte[] bytes) {
    try {
      applyAll(JSON.readTree(bytes));
    } catch (JacksonException notJson) {
      assertThat(notJson).isNotNull();
    }
  }

  @Test
  void randomDocumentsAreAppliedOrRejected() {
    var before = POD.deepCopy();
    for (int seed = 0; seed < 5_000; seed++) {
      var random = new RandomJson(seed);
      applyAll(random.value(5));
    }
    assertThat(POD).isEqualTo(before);
  }

  @Test
  void randomOperationsAreAppliedOrRejected() {
    for (int seed = 0; seed < 5_000; seed++) {
      var random = new RandomJson(seed);
      var operations = JSON.createArrayNode();
      for (int i = random.below(6); i >= 0; i--) {
        operations
            .addObject()
            .put(
                "op",
                random.pick(java.util.List.of("add", "remove", "replace", "move", "copy", "test")))
            .put("path", path(random))
            .put("from", path(random))
            .set("value", random.value(3));
      }
      assertThat(JsonPatch.apply(POD, operations)).isNotNull();
    }
  }

  private static String path(RandomJson random) {
    return random.pick(
        java.util.List.of(
            "",
            "/",
            "/spec",
            "/spec/containers",
            "/spec/containers/0",
            "/spec/containers/-",
            "/spec/containers/0/ports/0",
            "/metadata/name",
            "/metadata/finalizers/1",
            "x",
            "/a/b"));
  }

  private static void applyAll(JsonNode patch) {
    assertThat(JsonPatch.apply(POD, patch)).isNotNull();
    assertThat(MergePatch.apply(POD, patch)).isNotNull();
    assertThat(StrategicMergePatch.apply(POD, patch, Schemas.standard(), Documents.POD))
        .isNotNull();
    if (patch instanceof ObjectNode planned) {
      assertThat(Merge.apply(POD, planned, Schemas.standard(), Documents.POD)).isNotNull();
    }
  }
}
