package dev.troupe.resources.ownership.merging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.ownership.field.FieldSet;
import dev.troupe.resources.ownership.field.FieldsV1;
import dev.troupe.resources.schema.Schemas;
import dev.troupe.resources.schema.shape.MergeShape;
import dev.troupe.resources.schema.shape.SchemaShapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How objects are taken apart, compared, merged and cut by the shapes of Kubernetes' types.
class MergingTest {

  private static final MergeShape POD =
      new SchemaShapes(Schemas.standard()).of("io.k8s.api.core.v1.Pod");

  private static final JsonMapper JSON = new JsonMapper();

  private static ObjectNode json(String text) {
    return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
  }

  private static ObjectNode withFinalizers(String names) {
    var object = json("{'metadata':{}}");
    var list = object.withObjectProperty("metadata").putArray("finalizers");
    names.chars().forEach(name -> list.add(Character.toString(name)));
    return object;
  }

  private static FieldSet fields(String text) {
    return FieldsV1.read(json(text)).orElseThrow();
  }

  @Test
  void anApplierOwnsLeavesItemsAndKeysOfMaps() {
    var pod =
        json(
            """
            {'metadata':{'name':'web','labels':{'app':'web'},'finalizers':['a/b']},
             'spec':{'nodeSelector':{},'tolerations':[{'key':'x'}],'volumes':[],'containers':[
              {'name':'c','resources':{'limits':{'cpu':1}},
               'ports':[{'containerPort':80},{'containerPort':80,'protocol':'UDP'}]}]}}\
            """);

    assertThat(FieldsV1.write(OwnedFields.of(pod, POD)))
        .isEqualTo(
            json(
                """
                {'f:metadata':{'f:finalizers':{'v:\\"a/b\\"':{}},'f:labels':{'f:app':{}},'f:name':{}},
                 'f:spec':{'f:containers':{'k:{\\"name\\":\\"c\\"}':{'.':{},'f:name':{},
                   'f:ports':{'k:{\\"containerPort\\":80,\\"protocol\\":\\"TCP\\"}':{'.':{},'f:containerPort':{}},
                    'k:{\\"containerPort\\":80,\\"protocol\\":\\"UDP\\"}':{'.':{},'f:containerPort':{},'f:protocol':{}}},
                   'f:resources':{'f:limits':{'f:cpu':{}}}}},
                  'f:nodeSelector':{},'f:tolerations':{}}}\
                """));
  }

  @Test
  void aComparisonTellsWhatCameFromWhatIsOtherwiseAndWhatIsGone() {
    var before =
        json(
            "{'metadata':{'labels':{'a':'1','b':'1'}},'spec':{'containers':[{'name':'c','image':'1'}]}}");
    var after =
        json(
            "{'metadata':{'labels':{'a':'2','c':'1'}},'spec':{'hostNetwork':true,'containers':[{'name':'c','image':'1'},{'name':'d'}]}}");

    var comparison = Comparison.of(before, after, POD);

    assertThat(comparison.added().paths())
        .containsExactly(
            ".metadata.labels.c",
            ".spec.containers[name=\"d\"]",
            ".spec.containers[name=\"d\"].name",
            ".spec.hostNetwork");
    assertThat(comparison.modified().paths()).containsExactly(".metadata.labels.a");
    assertThat(comparison.removed().paths()).containsExactly(".metadata.labels.b");
    assertThat(Comparison.of(before, before.deepCopy(), POD).isEmpty()).isTrue();
  }

  @Test
  void whatCameWithAllThatIsAroundIsAddedWithIt() {
    var comparison =
        Comparison.of(
            json("{'metadata':{},'spec':{'containers':[]}}"),
            json("{'metadata':{'labels':{'a':'1'}},'spec':{'containers':[{'name':'c'}]}}"),
            POD);

    assertThat(comparison.added().paths())
        .containsExactly(
            ".metadata.labels",
            ".metadata.labels.a",
            ".spec.containers[name=\"c\"]",
            ".spec.containers[name=\"c\"].name");
  }

  /// `before`, `applied` and `merged` are lists of items of one letter.
  @ParameterizedTest
  @CsvSource({
    "abc, '', abc",
    "'', abc, abc",
    "abc, b, abc",
    "abc, cb, acb",
    "abc, ca, bca",
    "abcd, ca, bcda",
    "abc, xc, abxc",
    "abc, xby, axbcy",
    "ab, xy, abxy",
    "aabc, b, aabc",
    "abca, ac, abc"
  })
  void itemsStandAsInWhatIsApplied(String before, String applied, String merged) {
    assertThat(MergedObject.of(withFinalizers(before), withFinalizers(applied), POD))
        .isEqualTo(withFinalizers(merged));
  }

  @Test
  void objectsAreMergedByFieldAndListsByKey() {
    var live =
        json(
            "{'spec':{'restartPolicy':'Always','containers':[{'name':'a','image':'1','env':[{'name':'X','value':'1'}]},{'name':'b'}],'tolerations':[{'key':'x'}]}}");
    var applied =
        json(
            "{'spec':{'containers':[{'name':'a','image':'2','env':[{'name':'Y','value':'1'}]}],'tolerations':[{'key':'y'}]}}");

    assertThat(MergedObject.of(live, applied, POD))
        .isEqualTo(
            json(
                "{'spec':{'restartPolicy':'Always','containers':[{'name':'a','image':'2','env':[{'name':'X','value':'1'},{'name':'Y','value':'1'}]},{'name':'b'}],'tolerations':[{'key':'y'}]}}"));
  }

  @Test
  void whatIsTakenOutLeavesNullWhereNothingIsLeft() {
    var object =
        json(
            "{'metadata':{'labels':{'a':'1'},'annotations':{'a':'1','b':'2'}},'spec':{'containers':[{'name':'a','image':'1'},{'name':'b'}]}}");
    var gone =
        fields(
            "{'f:metadata':{'f:labels':{'f:a':{}},'f:annotations':{'f:b':{}}},'f:spec':{'f:containers':{'k:{\\\"name\\\":\\\"a\\\"}':{'f:image':{}},'k:{\\\"name\\\":\\\"b\\\"}':{}}}}");

    assertThat(FieldRemoval.of(object, gone, POD))
        .isEqualTo(
            json(
                "{'metadata':{'labels':null,'annotations':{'a':'1'}},'spec':{'containers':[{'name':'a'}]}}"));
  }

  @Test
  void whatDoesNotFitIsNamedByItsPath() {
    var pod =
        json(
            "{'spec':{'foo':1,'priority':'x','containers':[{'name':'a'},{'name':'a'}],'volumes':[{}],'hostAliases':{}}}");

    assertThat(Fitting.complaints(pod, POD))
        .containsExactly(
            ".spec.foo: field not declared in schema",
            ".spec.priority: expected numeric (int or float), got string",
            ".spec.containers: duplicate entries for key [name=\"a\"]",
            ".spec.volumes: element 0: associative list with keys has an element that omits all key"
                + " fields [\"name\"] (and doesn't have default values for any key fields)",
            ".spec.hostAliases: expected list, got &{{}}");
  }
}
