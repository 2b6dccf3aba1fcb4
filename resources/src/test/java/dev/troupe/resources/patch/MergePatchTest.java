package dev.troupe.resources.patch;

import static dev.troupe.resources.patch.Documents.applied;
import static dev.troupe.resources.patch.Documents.json;
import static dev.troupe.resources.patch.Documents.object;
import static dev.troupe.resources.patch.Documents.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.patch.Patched.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class MergePatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'a':'b'}            | {'a':'c'}                  | {'a':'c'}
          {'a':'b'}            | {'b':'c'}                  | {'a':'b','b':'c'}
          {'a':'b'}            | {'a':null}                 | {}
          {'a':'b','b':'c'}    | {'a':null}                 | {'b':'c'}
          {'a':['b']}          | {'a':'c'}                  | {'a':'c'}
          {'a':'c'}            | {'a':['b']}                | {'a':['b']}
          {'a':{'b':'c'}}      | {'a':{'b':'d','c':null}}   | {'a':{'b':'d'}}
          {'a':[{'b':'c'}]}    | {'a':[1]}                  | {'a':[1]}
          {'e':null}           | {'a':1}                    | {'e':null,'a':1}
          {}                   | {'a':{'bb':{'ccc':null}}}  | {'a':{'bb':{}}}
          """)
  void patchesDoWhatTheRfcSays(String document, String patch, String result) {
    assertThat(applied(MergePatch.apply(object(document), json(patch)))).isEqualTo(json(result));
  }

  @Test
  void onlyObjectsArePatches() {
    assertThat(rejected(MergePatch.apply(Json.object(), json("[]"))))
        .isEqualTo(new Patched.Rejected(Reason.MALFORMED, "Invalid JSON Patch"));
  }

  @Test
  void theDifferenceLeadsToTheTarget() {
    for (int seed = 0; seed < 5_000; seed++) {
      var random = new RandomJson(seed);
      var from = random.withoutNulls(4);
      var to = random.withoutNulls(4);
      var before = from.deepCopy();
      assertThat(applied(MergePatch.apply(from, difference(from, to))))
          .as("seed " + seed)
          .isEqualTo(to);
      assertThat(from).isEqualTo(before);
    }
  }

  private static ObjectNode difference(ObjectNode from, ObjectNode to) {
    var patch = Json.object();
    for (var field : from.propertyNames()) {
      if (!to.has(field)) {
        patch.putNull(field);
      }
    }
    for (var field : to.properties()) {
      var old = from.get(field.getKey());
      if (old instanceof ObjectNode left && field.getValue() instanceof ObjectNode right) {
        patch.set(field.getKey(), difference(left, right));
      } else if (!field.getValue().equals(old)) {
        patch.set(field.getKey(), field.getValue());
      }
    }
    return patch;
  }
}
