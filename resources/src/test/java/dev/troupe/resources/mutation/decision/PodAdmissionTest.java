package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.object;
import static dev.troupe.resources.mutation.decision.Given.refusal;
import static dev.troupe.resources.mutation.decision.Given.request;
import static dev.troupe.resources.mutation.decision.Given.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationResult;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// What pods are given when they are made, and when they are changed.
class PodAdmissionTest {

  private static final Given.Request PODS = request("pods", "v1");
  private static final String POD =
      "{'metadata':{'name':'web'},'spec':{'containers':[{'name':'c','image':'i'}]}}";

  private static List<String> tolerated(ObjectNode pod) {
    return StreamSupport.stream(pod.at("/spec/tolerations").spliterator(), false)
        .map(toleration -> toleration.path("key").asString())
        .toList();
  }

  @Test
  void whatReplacesTheTolerationsIsGivenThoseOfFailingNodesAgain() {
    var pod = PODS.stored(POD);
    var change = pod.deepCopy();
    change
        .withObjectProperty("spec")
        .putArray("tolerations")
        .addObject()
        .put("key", "added")
        .put("operator", "Exists");

    var changed = store(PODS.apply(pod, new Mutation.Update(change)));

    assertThat(tolerated(changed))
        .containsExactly("added", "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
  }

  @Test
  void whatIsWrittenAsItWasMadeIsAsItIs() {
    var pod = PODS.stored(POD);
    var again =
        "{'metadata':{'name':'web'},'spec':{'serviceAccountName':'default','containers':[{'name':'c','image':'i'}]}}";
    assertThat(PODS.update(pod, again)).isInstanceOf(MutationResult.Unchanged.class);
  }

  @Test
  void theGenerationCountsChangesOfTheSpec() {
    var pod = PODS.stored(POD);
    assertThat(pod.at("/metadata/generation").asInt()).isEqualTo(1);
    var labelled = store(PODS.patch(pod, PatchType.MERGE, "{'metadata':{'labels':{'a':'b'}}}"));
    assertThat(labelled.at("/metadata/generation").asInt()).isEqualTo(1);
    var changed =
        store(PODS.patch(labelled, PatchType.MERGE, "{'spec':{'activeDeadlineSeconds':9}}"));
    assertThat(changed.at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void noRuntimeIsMadeUp() {
    var pod = object(POD);
    pod.withObjectProperty("spec").put("runtimeClassName", "nobody");
    var refusal = refusal(PODS.apply(null, new Mutation.Create(pod)));
    assertThat(refusal.code()).isEqualTo(403);
    assertThat(refusal.message())
        .isEqualTo("pods \"web\" is forbidden: pod rejected: RuntimeClass \"nobody\" not found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # finalizers                        | field                  | what is wrong
          ['example.com/f']                   |                        |
          ['orphan']                          |                        |
          ['kubernetes','foregroundDeletion'] |                        |
          ['a/b','x']                         | metadata.finalizers[1] | Invalid value: "x": name is neither a standard finalizer name nor is it fully qualified
          """)
  void finalizersHaveADomain(String finalizers, String field, String wrong) {
    var body = "{'metadata':{'name':'web','finalizers':" + finalizers + "}}";
    Rules.check(request("configmaps", "v1").create(body), field, wrong);
  }

  /// The pod is labelled `a: 1`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # term or rule                                                          | its selector as it is stored
          'matchLabelKeys':['a'],'labelSelector':{}                               | {'matchExpressions':[{'key':'a','operator':'In','values':['1']}]}
          'matchLabelKeys':['none'],'labelSelector':{}                            | {}
          'mismatchLabelKeys':['a'],'labelSelector':{'matchLabels':{'b':'2'}}     | {'matchLabels':{'b':'2'},'matchExpressions':[{'key':'a','operator':'NotIn','values':['1']}]}
          'matchLabelKeys':['a'],'labelSelector':{'matchExpressions':[{'key':'b','operator':'Exists'}]} | {'matchExpressions':[{'key':'b','operator':'Exists'},{'key':'a','operator':'In','values':['1']}]}
          'labelSelector':{'matchLabels':{'b':'2'}}                               | {'matchLabels':{'b':'2'}}
          """)
  void selectorsAreCompletedByThePodsOwnLabels(String term, String selector) {
    var far = "'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'z'," + term + "}]";
    var rather =
        "'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':1,'podAffinityTerm':"
            + "{'topologyKey':'z',"
            + term
            + "}}]";
    var affinity = "'affinity':{'podAffinity':{" + far + "},'podAntiAffinity':{" + rather + "}},";
    var required = "/requiredDuringSchedulingIgnoredDuringExecution/0/labelSelector";
    var preferred =
        "/preferredDuringSchedulingIgnoredDuringExecution/0/podAffinityTerm/labelSelector";

    var pod = labelled(affinity);

    assertThat(pod.at("/spec/affinity/podAffinity" + required)).isEqualTo(object(selector));
    assertThat(pod.at("/spec/affinity/podAntiAffinity" + preferred)).isEqualTo(object(selector));
    if (!term.contains("mismatch")) {
      var rule =
          "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'z','whenUnsatisfiable':"
              + "'DoNotSchedule',"
              + term
              + "}],";
      assertThat(labelled(rule).at("/spec/topologySpreadConstraints/0/labelSelector"))
          .isEqualTo(object(selector));
    }
  }

  @Test
  void whatAPodHasAskedForStaysWhenItsLabelsChange() {
    var rule =
        "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'z','whenUnsatisfiable':"
            + "'DoNotSchedule','matchLabelKeys':['a'],'labelSelector':{}}],";
    var pod = labelled(rule);

    var changed = store(PODS.patch(pod, PatchType.MERGE, "{'metadata':{'labels':{'a':'2'}}}"));

    assertThat(changed.path("spec")).isEqualTo(pod.path("spec"));
  }

  private static ObjectNode labelled(String spec) {
    return PODS.stored(
        "{'metadata':{'name':'web','labels':{'a':'1'}},'spec':{"
            + spec
            + "'containers':[{'name':'c','image':'i'}]}}");
  }
}
