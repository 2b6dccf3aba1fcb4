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
          {'a':[1,2,3]}       | [{'op':'remove','path':'/a/1'}]                       | {'a':[1,3]}
          {'a':[1,2]}         | [{'op':'replace','path':'/a/0','value':9}]            | {'a':[9,2]}
          {'a':1}             | [{'op':'replace','path':'','value':{'b':2}}]          | {'b':2}
          {'a':{'b':1}}       | [{'op':'move','from':'/a/b','path':'/c'}]             | {'a':{},'c':1}
          {'a':[1,2]}         | [{'op':'move','from':'/a/0','path':'/a/1'}]           | {'a':[2,1]}
          {'a':{'b':1}}       | [{'op':'copy','from':'/a','path':'/c'}]               | {'a':{'b':1},'c':{'b':1}}
          {'a~/b':1}          | [{'op':'replace','path':'/a~0~1b','value':2}]         | {'a~/b':2}
          {'a':1}             | [{'op':'test','path':'/a','value':1.0}]               | {'a':1}
          {'a':1}             | [{'op':'test','path':'/b','value':null}]              | {'a':1}
          {'a':1}             | []                                                    | {'a':1}
          """)
  void operationsDoWhatTheRfcSays(String document, String patch, String result) {
    assertThat(applied(JsonPatch.apply(object(document), json(patch)))).isEqualTo(json(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'a':1}     | [{'op':'test','path':'/a','value':2}]                 | INAPPLICABLE
          {'a':1}     | [{'op':'remove','path':'/b'}]                         | INAPPLICABLE
          {'a':1}     | [{'op':'replace','path':'/b','value':1}]              | INAPPLICABLE
          {'a':1}     | [{'op':'add','path':'/b/c','value':1}]                | INAPPLICABLE
          {'a':[1]}   | [{'op':'add','path':'/a/2','value':1}]                | INAPPLICABLE
          {'a':[1]}   | [{'op':'add','path':'/a/01','value':1}]               | INAPPLICABLE
          {'a':{}}    | [{'op':'move','from':'/a','path':'/a/b'}]             | INAPPLICABLE
          {'a':1}     | [{'op':'add','path':'b','value':1}]                   | INAPPLICABLE
          {'a':1}     | [{'op':'add','path':'/b'}]                            | INAPPLICABLE
          {'a':1}     | [{'op':'what','path':'/b'}]                           | INAPPLICABLE
          {'a':1}     | [{'op':'remove','path':''}]                           | INAPPLICABLE
          {'a':1}     | [{'op':'replace','path':'','value':[]}]               | INAPPLICABLE
          {'a':1}     | {'op':'add'}                                          | MALFORMED
          {'a':1}     | [1]                                                   | MALFORMED
          """)
  void whatDoesNotFitIsRejected(String document, String patch, Reason reason) {
    assertThat(rejected(JsonPatch.apply(object(document), json(patch))).reason()).isEqualTo(reason);
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
