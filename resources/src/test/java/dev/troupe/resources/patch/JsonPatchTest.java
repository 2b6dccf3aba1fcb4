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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;

class JsonPatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'a':1}             | [{'op':'add','path':'/b','value':2}]                  | {'a':1,'b':2}
          {'a':1}             | [{'op':'add','path':'/a','value':null}]               | {'a':null}
          {'a':[1,3]}         | [{'op':'add','path':'/a/1','value':2}]                | {'a':[1,2,3]}
          {'a':[1]}           | [{'op':'add','path':'/a/-','value':2}]                | {'a':[1,2]}
          {'a':{'b':1}}       | [{'op':'remove','path':'/a/b'}]                       | {'a':{}}
          {'a':null}          | [{'op':'remove','path':'/a'}]                         | {}
          {'a':[1,2,3]}       | [{'op':'remove','path':'/a/1'}]                       | {'a':[1,3]}
          {'a':[1,2]}         | [{'op':'replace','path':'/a/0','value':9}]            | {'a':[9,2]}
          {'a':1}             | [{'op':'replace','path':'','value':{'b':2}}]          | {'b':2}
          {'a':{'b':1}}       | [{'op':'move','from':'/a/b','path':'/c'}]             | {'a':{},'c':1}
          {'a':1}             | [{'op':'move','from':'/a','path':'/a'}]               | {'a':1}
          {'a':[1,2]}         | [{'op':'move','from':'/a/0','path':'/a/1'}]           | {'a':[2,1]}
          {'a':{'b':1}}       | [{'op':'copy','from':'/a','path':'/c'}]               | {'a':{'b':1},'c':{'b':1}}
          {'a':{'b':1}}       | [{'op':'copy','from':'/a','path':'/a/c'}]             | {'a':{'b':1,'c':{'b':1}}}
          {'a~/b':1}          | [{'op':'replace','path':'/a~0~1b','value':2}]         | {'a~/b':2}
          {'a':1}             | [{'op':'add','path':'/m~01n','value':2}]              | {'a':1,'m~1n':2}
          {'a':1}             | [{'op':'add','path':'/m~2n','value':2}]               | {'a':1,'m~2n':2}
          {'a':1}             | [{'op':'add','path':'/','value':2}]                   | {'':2,'a':1}
          {'a':{'x':1,'y':2}} | [{'op':'test','path':'/a','value':{'y':2,'x':1}}]     | {'a':{'x':1,'y':2}}
          {'a':1}             | [{'op':'test','path':'','value':{'a':1}}]             | {'a':1}
          {'a':1}             | [{'op':'test','path':'/b','value':null}]              | {'a':1}
          {'a':null}          | [{'op':'test','path':'/a','value':null}]              | {'a':null}
          {'a':1}             | []                                                    | {'a':1}
          """)
  void operationsDoWhatTheRfcSays(String document, String patch, String result) {
    assertThat(applied(JsonPatch.apply(object(document), json(patch)))).isEqualTo(json(result));
  }

  /// Each row was given to the library itself.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'l':[1,2,3]}           | [{'op':'add','path':'/l/-1','value':9}]           | {'l':[1,2,3,9]}
          {'l':[1,2,3]}           | [{'op':'add','path':'/l/-4','value':9}]           | {'l':[9,1,2,3]}
          {'l':[1,2,3]}           | [{'op':'remove','path':'/l/-1'}]                  | {'l':[1,2]}
          {'l':[1,2,3]}           | [{'op':'remove','path':'/l/-3'}]                  | {'l':[2,3]}
          {'l':[1,2,3]}           | [{'op':'replace','path':'/l/-2','value':9}]       | {'l':[1,9,3]}
          {'l':[1,2,3]}           | [{'op':'test','path':'/l/-1','value':3}]          | {'l':[1,2,3]}
          {'l':[{'a':1},{'a':2}]} | [{'op':'replace','path':'/l/-1/a','value':9}]     | {'l':[{'a':1},{'a':9}]}
          {'l':[1,2,3]}           | [{'op':'move','from':'/l/0','path':'/l/-1'}]      | {'l':[2,3,1]}
          {'l':[1,2,3]}           | [{'op':'move','from':'/l/-1','path':'/l/0'}]      | {'l':[3,1,2]}
          {'l':[1,2,3]}           | [{'op':'copy','from':'/l/-1','path':'/l/-'}]      | {'l':[1,2,3,3]}
          {'l':[1,2,3]}           | [{'op':'replace','path':'/l/01','value':9}]       | {'l':[1,9,3]}
          {'l':[1,2,3]}           | [{'op':'replace','path':'/l/+1','value':9}]       | {'l':[1,9,3]}
          {'l':[1,2,3]}           | [{'op':'replace','path':'/l/-0','value':9}]       | {'l':[9,2,3]}
          {'a':1}                 | [{'op':'replace','path':'/b','value':2}]          | {'a':1,'b':2}
          {'a':1}                 | [{'op':'copy','from':'/x','path':'/b'}]           | {'a':1,'b':null}
          {'a':1}                 | [{'op':'add','path':'x/b','value':2}]             | {'a':1,'b':2}
          {'a':1}                 | [{'op':'add','path':'/b'}]                        | {'a':1,'b':null}
          {'a':1}                 | [{'op':'replace','path':'/a'}]                    | {'a':null}
          {'a':1}                 | null                                              | {'a':1}
          """)
  void operationsDoWhatKubernetesLibraryDoes(String document, String patch, String result) {
    assertThat(applied(JsonPatch.apply(object(document), json(patch)))).isEqualTo(json(result));
  }

  /// Each row was given to the library itself.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'l':[1,2,3]}   | [{'op':'add','path':'/l/-5','value':9}]      | error in add for path: '/l/-5': Unable to access invalid index: -5: invalid index referenced
          {'l':[1,2,3]}   | [{'op':'add','path':'/l/4','value':9}]       | error in add for path: '/l/4': Unable to access invalid index: 4: invalid index referenced
          {'l':[1,2,3]}   | [{'op':'remove','path':'/l/-4'}]             | error in remove for path: '/l/-4': Unable to access invalid index: -4: invalid index referenced
          {'l':[1,2,3]}   | [{'op':'remove','path':'/l/-'}]              | error in remove for path: '/l/-': strconv.Atoi: parsing "-": invalid syntax
          {'l':[1,2,3]}   | [{'op':'test','path':'/l/-9','value':3}]     | error in test for path: '/l/-9': Unable to access invalid index: -9: invalid index referenced
          {'a':1}         | [{'op':'replace','path':'/b/c','value':2}]   | replace operation does not apply: doc is missing path: /b/c: missing value
          {'a':1}         | [{'op':'remove','path':'/b'}]                | error in remove for path: '/b': Unable to remove nonexistent key: b: missing value
          {'a':1}         | [{'op':'add','path':'/a/b','value':2}]       | add operation does not apply: doc is missing path: "/a/b": missing value
          {'a':null}      | [{'op':'add','path':'/a/b','value':2}]       | add operation does not apply: doc is missing path: "/a/b": missing value
          {'a':1}         | [{'op':'add','path':'b','value':2}]          | add operation does not apply: doc is missing path: "b": missing value
          {'a':1}         | [{'op':'add','path':'','value':{}}]          | add operation does not apply: doc is missing path: "": missing value
          {'a':1}         | [{'op':'remove','path':''}]                  | remove operation does not apply: doc is missing path: "": missing value
          {'a':1}         | [{'op':'copy','from':'','path':'/b'}]        | copy operation does not apply: doc is missing from path: : missing value
          {'a':1}         | [{'op':'copy','from':'/a','path':''}]        | copy operation does not apply: doc is missing destination path: : missing value
          {'a':{'b':1}}   | [{'op':'move','from':'/a','path':'/a/c'}]    | move operation does not apply: doc is missing destination path: /a/c: missing value
          {'a':1}         | [{'op':'test','path':'/a','value':1.0}]      | testing value /a failed: test failed
          {'a':1}         | [{'op':'test','path':'/a'}]                  | testing value /a failed: test failed
          {'a':1}         | [{'op':'test','path':'/b','value':1}]        | testing value /b failed: test failed
          {'a':1}         | [{'op':'Add','path':'/b','value':2}]         | Unexpected kind: Add
          {'a':1}         | [{'path':'/b','value':2}]                    | Unexpected kind: unknown
          {'a':1}         | [null]                                       | Unexpected kind: unknown
          {'a':1}         | [{'op':'add','value':2}]                     | add operation failed to decode path: missing value
          {'a':1}         | [{'op':'add','path':5,'value':1}]            | add operation failed to decode path: missing value
          {'a':1}         | [{'op':'replace','path':'','value':5}]       | replace operation value must be object or array
          {'a':1}         | [{'op':'replace','path':'','value':[]}]      | the patched document is not an object
          """)
  void whatDoesNotFitIsRejectedInTheLibrarysWords(String document, String patch, String message) {
    assertThat(rejected(JsonPatch.apply(object(document), json(patch))))
        .isEqualTo(new Patched.Rejected(Reason.INAPPLICABLE, message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'op':'add'}", "[5]", "'add'", "7"})
  void whatIsNoPatchIsMalformed(String patch) {
    assertThat(rejected(JsonPatch.apply(object("{'a':1}"), json(patch))).reason())
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void neitherDocumentNorPatchIsModified() {
    var document = object("{'a':{'b':[1]}}");
    var patch =
        json(
            "[{'op':'add','path':'/c','value':{'d':[]}},{'op':'add','path':'/c/d/-','value':1},"
                + "{'op':'add','path':'/a/b/-','value':2}]");
    JsonPatch.apply(document, patch);
    assertThat(document).isEqualTo(json("{'a':{'b':[1]}}"));
    assertThat(patch.at("/0/value/d")).isEmpty();
  }

  @Test
  void operationsAreCounted() {
    var patch = Json.array();
    for (int i = 0; i <= JsonPatch.MAX_OPERATIONS; i++) {
      patch.add(json("{'op':'test','path':'/a','value':1}"));
    }
    assertThat(rejected(JsonPatch.apply(object("{'a':1}"), patch)))
        .isEqualTo(
            new Patched.Rejected(
                Reason.TOO_MANY_OPERATIONS,
                "The allowed maximum operations in a JSON patch is 10000, got 10001"));
  }

  @Test
  void copiesThatDoubleAreStopped() {
    assertThat(rejected(JsonPatch.apply(object("{'a':{'b':'0123456789'}}"), doubling(40))).reason())
        .isEqualTo(Reason.INAPPLICABLE);
  }

  @Test
  void copiesIntoThemselvesAreStoppedBeforeTheyAreTooDeep() {
    var patch = Json.array();
    for (int i = 0; i < 600; i++) {
      patch.add(json("{'op':'copy','from':'/a','path':'/a/a'}"));
    }
    assertThat(rejected(JsonPatch.apply(object("{'a':{}}"), patch)).message())
        .isEqualTo("the patched document is nested too deep");
  }

  private static ArrayNode doubling(int times) {
    var patch = Json.array();
    for (int i = 0; i < times; i++) {
      patch.add(json("{'op':'copy','from':'/a','path':'/a/c" + i + "'}"));
    }
    return patch;
  }
}
