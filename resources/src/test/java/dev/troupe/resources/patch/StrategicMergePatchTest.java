package dev.troupe.resources.patch;

import static dev.troupe.resources.patch.Documents.applied;
import static dev.troupe.resources.patch.Documents.json;
import static dev.troupe.resources.patch.Documents.object;
import static dev.troupe.resources.patch.Documents.rejected;
import static dev.troupe.resources.patch.Documents.strategic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.patch.Patched.Reason;
import dev.troupe.resources.schema.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class StrategicMergePatchTest {

  private static final String TWO =
      "{'spec':{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}]}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # merged by key, others kept
          [{'name':'b','image':'3'}]                       | [{'name':'a','image':'1'},{'name':'b','image':'3'}]
          # new ones come first, as in Kubernetes
          [{'name':'c','image':'3'}]                       | [{'name':'c','image':'3'},{'name':'a','image':'1'},{'name':'b','image':'2'}]
          [{'name':'a','$patch':'delete'}]                 | [{'name':'b','image':'2'}]
          [{'name':'c'},{'$patch':'replace'}]              | [{'name':'c'}]
          [{'name':'a','image':null}]                      | [{'name':'a'},{'name':'b','image':'2'}]
          [{'name':'a','$patch':'delete'},{'name':'z','$patch':'delete'}] | [{'name':'b','image':'2'}]
          []                                               | [{'name':'a','image':'1'},{'name':'b','image':'2'}]
          """)
  void listsAreMergedByKey(String containers, String result) {
    assertThat(applied(strategic(TWO, "{'spec':{'containers':" + containers + "}}")))
        .isEqualTo(json("{'spec':{'containers':" + result + "}}"));
  }

  @Test
  void orderIsSetAsAsked() {
    var patch =
        """
        {'spec':{'$setElementOrder/containers':[{'name':'c'},{'name':'b'},{'name':'a'}],
          'containers':[{'name':'c','image':'3'}]}}\
        """;
    assertThat(applied(strategic(TWO, patch)))
        .isEqualTo(
            json(
                "{'spec':{'containers':[{'name':'c','image':'3'},{'name':'b','image':'2'},"
                    + "{'name':'a','image':'1'}]}}"));
  }

  @Test
  void orderAloneReorders() {
    assertThat(
            applied(
                strategic(
                    TWO, "{'spec':{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]}}")))
        .isEqualTo(
            json("{'spec':{'containers':[{'name':'b','image':'2'},{'name':'a','image':'1'}]}}"));
  }

  @Test
  void itemsThatTheOrderDoesNotNameStayWhereTheyWere() {
    var patch =
        "{'spec':{'$setElementOrder/containers':[{'name':'b'}],'containers':[{'name':'b','tty':true}]}}";
    assertThat(applied(strategic(TWO, patch)).at("/spec/containers/0/name").asString())
        .isEqualTo("a");
  }

  @Test
  void orderMustNameWhatIsPatched() {
    var patch =
        "{'spec':{'$setElementOrder/containers':[{'name':'a'}],'containers':[{'name':'b'}]}}";
    assertThat(rejected(strategic(TWO, patch)).reason()).isEqualTo(Reason.INAPPLICABLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'finalizers':['c']}                                         | ['c','a','b']
          {'finalizers':['a']}                                         | ['a','b']
          {'$deleteFromPrimitiveList/finalizers':['a']}                | ['b']
          {'$deleteFromPrimitiveList/finalizers':['a'],'finalizers':['c']} | ['c','b']
          {'$setElementOrder/finalizers':['b','a']}                    | ['b','a']
          {'$setElementOrder/finalizers':['b','c'],'finalizers':['c']} | ['a','b','c']
          """)
  void setsOfScalarsAreMerged(String patch, String result) {
    assertThat(
            applied(
                strategic("{'metadata':{'finalizers':['a','b']}}", "{'metadata':" + patch + "}")))
        .isEqualTo(json("{'metadata':{'finalizers':" + result + "}}"));
  }

  @Test
  void listsWithoutMergeStrategyAreReplaced() {
    assertThat(
            applied(
                strategic(
                    "{'spec':{'tolerations':[{'key':'a'}]}}",
                    "{'spec':{'tolerations':[{'key':'b'}]}}")))
        .isEqualTo(json("{'spec':{'tolerations':[{'key':'b'}]}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'$patch':'replace','x':'y'}    | {'x':'y'}
          {'$patch':'delete'}             | {}
          {'$patch':'merge','x':'y'}      | {'a':'b','x':'y'}
          {'a':null}                      | {}
          {'x':{'y':null}}                | {'a':'b','x':{}}
          """)
  void directivesOfMapsAreHonoured(String labels, String result) {
    assertThat(
            applied(
                strategic(
                    "{'metadata':{'labels':{'a':'b'}}}", "{'metadata':{'labels':" + labels + "}}")))
        .isEqualTo(json("{'metadata':{'labels':" + result + "}}"));
  }

  @Test
  void retainedKeysAloneStay() {
    var deployment =
        object("{'spec':{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1}}}}");
    var patch = json("{'spec':{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}}");
    assertThat(
            applied(
                StrategicMergePatch.apply(
                    deployment, patch, Schemas.standard(), Documents.DEPLOYMENT)))
        .isEqualTo(json("{'spec':{'strategy':{'type':'Recreate'}}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          []                                                        | MALFORMED
          {'spec':{'$retainKeys':'x'}}                              | MALFORMED
          {'spec':{'$retainKeys':['x'],'y':1}}                      | MALFORMED
          {'spec':{'$setElementOrder/containers':1}}                | MALFORMED
          {'metadata':{'$deleteFromPrimitiveList/finalizers':{}}}   | MALFORMED
          {'spec':{'$patch':'what'}}                                | INAPPLICABLE
          {'spec':{'containers':[{'image':'x'}]}}                   | INAPPLICABLE
          {'spec':{'containers':[{'name':'a'},1]}}                  | INAPPLICABLE
          {'spec':{'containers':[[]]}}                              | INAPPLICABLE
          {'spec':{'containers':[{'name':'a','$patch':'merge'}]}}   | INAPPLICABLE
          """)
  void malformedPatchesAreRejected(String patch, Reason reason) {
    assertThat(rejected(strategic(TWO, patch)).reason()).isEqualTo(reason);
  }

  /// Without directives, a patch of a list with keys is the same as a map of its items.
  @Test
  void mergingListsEqualsMergingMaps() {
    for (int seed = 0; seed < 3_000; seed++) {
      var random = new RandomJson(seed);
      var live = containers(random);
      var patch = containers(random);
      var model = new LinkedHashMap<String, ObjectNode>();
      for (var list : List.of(live, patch)) {
        for (var item : list) {
          model.merge(
              item.get("name").asString(),
              item,
              (old, change) -> applied(MergePatch.apply(old, change)));
        }
      }
      var result =
          applied(
              StrategicMergePatch.apply(pod(live), pod(patch), Schemas.standard(), Documents.POD));
      var merged = Json.objects(Json.object(result, "spec"), "containers");
      assertThat(merged).as("seed " + seed).containsExactlyInAnyOrderElementsOf(model.values());
    }
  }

  private static ObjectNode pod(List<ObjectNode> containers) {
    var pod = Json.object();
    var list = pod.putObject("spec").putArray("containers");
    containers.forEach(list::add);
    return pod;
  }

  private static List<ObjectNode> containers(RandomJson random) {
    var byName = new LinkedHashMap<String, ObjectNode>();
    for (int i = random.below(4) + 1; i > 0; i--) {
      var name = random.pick(List.of("a", "b", "c", "d"));
      byName.put(
          name, Json.object().put("name", name).put("image", random.pick(List.of("1", "2", "3"))));
    }
    return List.copyOf(byName.values());
  }
}
