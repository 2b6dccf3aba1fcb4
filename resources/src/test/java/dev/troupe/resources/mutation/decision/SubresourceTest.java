package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.object;
import static dev.troupe.resources.mutation.decision.Given.refusal;
import static dev.troupe.resources.mutation.decision.Given.request;
import static dev.troupe.resources.mutation.decision.Given.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationResult;
import dev.troupe.resources.subresource.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class SubresourceTest {

  private static final Given.Request SCALE = request("deployments.apps", "apps/v1").at("scale");
  private static final Given.Request EVICTION = request("pods", "v1").at("eviction");
  private static final Given.Request BINDING = request("pods", "v1").at("binding");

  private final ObjectNode deployment =
      request("deployments.apps", "apps/v1").stored(CreationRulesTest.WEB);
  private final ObjectNode pod =
      request("pods", "v1")
          .stored("{'metadata':{'name':'web'},'spec':{'containers':[{'name':'a','image':'b'}]}}");

  @Test
  void scaleShowsReplicasAndSelector() {
    assertThat(new Scale().of(deployment))
        .isEqualTo(
            object(
                """
                {'kind':'Scale','apiVersion':'autoscaling/v1','metadata':{'name':'web',
                 'namespace':'default','uid':'uid-new','resourceVersion':'7',
                 'creationTimestamp':'2026-11-23T12:00:00Z'},'spec':{'replicas':1},
                 'status':{'replicas':0,'selector':'app=web'}}\
                """));
  }

  @Test
  void scalingChangesReplicasAlone() {
    var scaled = store(SCALE.patch(deployment, PatchType.MERGE, "{'spec':{'replicas':4}}"));
    assertThat(scaled.at("/spec/replicas").asInt()).isEqualTo(4);
    assertThat(scaled.at("/metadata/generation").asInt()).isEqualTo(2);
    assertThat(SCALE.patch(deployment, PatchType.MERGE, "{'spec':{'replicas':1}}"))
        .isInstanceOf(MutationResult.Unchanged.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'spec':{'replicas':-1}}  | 422 | Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0
          {'spec':{'replicas':'x'}} | 400 | Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32
          {'metadata':{'resourceVersion':'6'}} | 409 | Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again
          """)
  void aWrongScaleIsRefused(String patch, int code, String message) {
    var refusal = refusal(SCALE.patch(deployment, PatchType.MERGE, patch));
    assertThat(refusal.message()).isEqualTo(message);
    assertThat(refusal.code()).isEqualTo(code);
  }

  @Test
  void aPodIsBoundOnce() {
    var binding =
        new Mutation.Create(
            object(
                "{'metadata':{'name':'web','annotations':{'a':'b'}},'target':{'kind':'Node','name':'n1'}}"));
    var bound = store(BINDING.apply(pod, binding));
    assertThat(bound.at("/spec/nodeName").asString()).isEqualTo("n1");
    assertThat(bound.at("/metadata/annotations/a").asString()).isEqualTo("b");
    assertThat(bound.at("/status/conditions/0/type").asString()).isEqualTo("PodScheduled");
    assertThat(refusal(BINDING.apply(bound, binding)).message())
        .isEqualTo(
            "Operation cannot be fulfilled on pods/binding \"web\": pod web is already assigned to"
                + " node \"n1\"");
  }

  @Test
  void aPodThatIsBoundIsNominatedNoLonger() {
    var nominated = pod.deepCopy();
    nominated.withObjectProperty("status").put("nominatedNodeName", "n2");
    var binding = object("{'metadata':{'name':'web'},'target':{'kind':'Node','name':'n1'}}");

    var bound = store(BINDING.apply(nominated, new Mutation.Create(binding)));

    assertThat(bound.at("/spec/nodeName").asString()).isEqualTo("n1");
    assertThat(bound.path("status").has("nominatedNodeName")).isFalse();
  }

  @Test
  void aBindingNeedsATarget() {
    var refusal =
        refusal(
            BINDING.apply(
                pod,
                new Mutation.Create(
                    object("{'metadata':{'name':'web'},'target':{'kind':'Pod'}}"))));
    assertThat(refusal.message())
        .isEqualTo(
            "Binding \"web\" is invalid: [target.kind: Unsupported value: \"Pod\": supported"
                + " values: \"Node\", \"<empty>\", target.name: Required value]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'target':'n1'}           | Binding in version "v1" cannot be handled as a Binding: json: cannot unmarshal string into Go struct field Binding.target of type v1.ObjectReference
          {'target':['n1']}         | Binding in version "v1" cannot be handled as a Binding: json: cannot unmarshal array into Go struct field Binding.target of type v1.ObjectReference
          {'target':{'name':1}}     | Binding in version "v1" cannot be handled as a Binding: json: cannot unmarshal number into Go struct field ObjectReference.target.name of type string
          {'metadata':{'annotations':{'a':1}},'target':{'name':'n1'}} | Binding in version "v1" cannot be handled as a Binding: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.annotations of type string
          {'kind':'Pod','apiVersion':'v1','target':{'name':'n1'}}     | expected input object type to be Binding, but v1, Kind=Pod
          {'kind':'Binding','apiVersion':'v2','target':{'name':'n1'}} | expected input object type to be Binding, but v2, Kind=Binding
          {'metadata':{'namespace':'other'},'target':{'name':'n1'}}   | the namespace of the provided object does not match the namespace sent on the request
          """)
  void aBindingIsOne(String binding, String refusal) {
    var refused = refusal(BINDING.apply(pod, new Mutation.Create(object(binding))));

    assertThat(refused.message()).isEqualTo(refusal);
    assertThat(refused.code()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'spec':[]} | Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal array into Go struct field Scale.spec of type v1.ScaleSpec
          {'spec':{'replicas':2147483648}} | Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal number 2147483648 into Go struct field ScaleSpec.spec.replicas of type int32
          """)
  void aScaleIsOne(String patch, String refusal) {
    assertThat(refusal(SCALE.patch(deployment, PatchType.MERGE, patch)).message())
        .isEqualTo(refusal);
  }

  @Test
  void aBindingCannotMakeAPodTooLargeToBeStored() {
    var binding =
        "{'metadata':{'annotations':{'a':'" + "x".repeat(2_000_000) + "'}},'target':{'name':'n1'}}";

    assertThat(refusal(BINDING.apply(pod, new Mutation.Create(object(binding)))).code())
        .isEqualTo(413);
  }

  @Test
  void aPodThatIsDeletedIsNotBound() {
    var deleting = pod.deepCopy();
    ((ObjectNode) deleting.get("metadata")).put("deletionTimestamp", "2026-11-23T12:00:00Z");
    var binding = new Mutation.Create(object("{'target':{'name':'n1'}}"));
    assertThat(refusal(BINDING.apply(deleting, binding)).code()).isEqualTo(409);
  }

  @Test
  void evictionDeletesAPodWithTheOptionsThatItBrings() {
    var order =
        "{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'web'},"
            + "'deleteOptions':{'gracePeriodSeconds':7}}";
    var running = pod.deepCopy();
    running.withObjectProperty("spec").put("nodeName", "n1");

    var evicted = store(EVICTION.apply(running, new Mutation.Create(object(order))));

    assertThat(evicted.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(7);
    assertThat(evicted.at("/metadata/deletionTimestamp").asString()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'metadata':{'name':'other'}} | 400 | name in URL does not match name in Eviction object
          {'kind':'Pod','apiVersion':'v1'} | 400 | expected input object type to be Eviction, but v1, Kind=Pod
          {'deleteOptions':{'gracePeriodSeconds':'x'}} | 400 | Eviction in version "v1" cannot be handled as a Eviction: json: cannot unmarshal string into Go struct field DeleteOptions.deleteOptions.gracePeriodSeconds of type int64
          {'deleteOptions':{'preconditions':{'uid':'other'}}} | 409 | the UID in the precondition (other) does not match the UID in record
          {'deleteOptions':{'propagationPolicy':'Never'}} | 422 | DeleteOptions.meta.k8s.io
          """)
  void evictionThatCannotBeIsRefused(String order, int code, String message) {
    var refused = refusal(EVICTION.apply(pod, new Mutation.Create(object(order))));

    assertThat(refused.message()).contains(message);
    assertThat(refused.code()).isEqualTo(code);
  }
}
