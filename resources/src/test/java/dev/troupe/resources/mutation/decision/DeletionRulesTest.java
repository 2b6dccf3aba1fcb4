package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.refusal;
import static dev.troupe.resources.mutation.decision.Given.request;
import static dev.troupe.resources.mutation.decision.Given.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.MutationResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class DeletionRulesTest {

  private static final Given.Request CONFIG_MAP = request("configmaps", "v1");
  private static final Given.Request POD = request("pods", "v1");
  private static final Given.Request NAMESPACE = request("namespaces", "v1");

  private final ObjectNode configMap = CONFIG_MAP.stored("{'metadata':{'name':'web'}}");
  private final ObjectNode running = pod("Running");

  private static ObjectNode pod(String phase) {
    var pod =
        POD.stored("{'metadata':{'name':'web'},'spec':{'containers':[{'name':'a','image':'b'}]}}");
    ((ObjectNode) pod.get("spec")).put("nodeName", "n1");
    ((ObjectNode) pod.get("status")).put("phase", phase);
    return pod;
  }

  private static DeleteOptions grace(long seconds) {
    return new DeleteOptions(seconds, null, null, null, null);
  }

  private static DeleteOptions policy(@Nullable String policy) {
    return new DeleteOptions(null, policy, null, null, null);
  }

  @Test
  void withoutFinalizersItGoesAtOnce() {
    assertThat(CONFIG_MAP.delete(configMap, DeleteOptions.NONE))
        .isInstanceOf(MutationResult.Removed.class);
  }

  @ParameterizedTest
  @CsvSource({"Foreground,foregroundDeletion", "Orphan,orphan"})
  void whatBecomesOfDependentsIsAFinalizer(String policy, String finalizer) {
    var marked = store(CONFIG_MAP.delete(configMap, policy(policy)));
    assertThat(marked.at("/metadata/finalizers/0").asString()).isEqualTo(finalizer);
    assertThat(marked.at("/metadata/deletionTimestamp").asString())
        .isEqualTo("2026-11-23T12:00:00Z");
    assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asInt(-1)).isZero();
    assertThat(CONFIG_MAP.delete(marked, DeleteOptions.NONE))
        .isInstanceOf(MutationResult.Unchanged.class);
    assertThat(CONFIG_MAP.delete(marked, policy("Background")))
        .isInstanceOf(MutationResult.Removed.class);
  }

  @Test
  void aRunningPodGetsItsGrace() {
    var marked = store(POD.delete(running, DeleteOptions.NONE));
    assertThat(marked.at("/metadata/deletionTimestamp").asString())
        .isEqualTo("2026-11-23T12:00:30Z");
    assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
    assertThat(marked.at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void graceIsOnlyShortened() {
    var marked = store(POD.delete(running, DeleteOptions.NONE));
    assertThat(POD.delete(marked, DeleteOptions.NONE)).isInstanceOf(MutationResult.Unchanged.class);
    assertThat(POD.delete(marked, grace(60))).isInstanceOf(MutationResult.Unchanged.class);
    assertThat(store(POD.delete(marked, grace(5))).at("/metadata/deletionTimestamp").asString())
        .isEqualTo("2026-11-23T12:00:05Z");
    assertThat(POD.delete(marked, grace(0))).isInstanceOf(MutationResult.Removed.class);
  }

  @Test
  void graceThatIsNegativeIsOneSecond() {
    assertThat(
            store(POD.delete(running, grace(-5)))
                .at("/metadata/deletionGracePeriodSeconds")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void graceBeyondAllTimeIsBounded() {
    var marked = store(POD.delete(running, grace(Long.MAX_VALUE)));
    assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asLong())
        .isEqualTo(Long.MAX_VALUE);

    assertThat(store(POD.delete(marked, grace(5))).at("/metadata/deletionTimestamp").asString())
        .isEqualTo("2026-11-23T12:00:05Z");
    assertThat(POD.delete(marked, grace(0))).isInstanceOf(MutationResult.Removed.class);
  }

  @ParameterizedTest
  @CsvSource({"Succeeded", "Failed"})
  void aFinishedPodGoesAtOnce(String phase) {
    assertThat(POD.delete(pod(phase), DeleteOptions.NONE))
        .isInstanceOf(MutationResult.Removed.class);
  }

  @Test
  void anUnscheduledPodGoesAtOnce() {
    ((ObjectNode) running.get("spec")).remove("nodeName");
    assertThat(POD.delete(running, DeleteOptions.NONE)).isInstanceOf(MutationResult.Removed.class);
  }

  @Test
  void aFinalizerHoldsAPodAfterItsGrace() {
    ((ObjectNode) running.get("metadata")).putArray("finalizers").add("a/b");
    var marked = store(POD.delete(running, grace(0)));
    assertThat(marked.at("/metadata/deletionGracePeriodSeconds").asInt(-1)).isZero();
    var free = Mutation.PatchType.MERGE;
    assertThat(POD.patch(marked, free, "{'metadata':{'finalizers':null}}"))
        .isInstanceOf(MutationResult.Removed.class);
  }

  @Test
  void aPodInItsGraceStaysWithoutFinalizers() {
    ((ObjectNode) running.get("metadata")).putArray("finalizers").add("a/b");
    var marked = store(POD.delete(running, DeleteOptions.NONE));
    assertThat(POD.patch(marked, Mutation.PatchType.MERGE, "{'metadata':{'finalizers':null}}"))
        .isInstanceOf(MutationResult.Stored.class);
  }

  @Test
  void aNamespaceGoesWhenItIsFinalized() {
    var namespace = NAMESPACE.stored("{'metadata':{'name':'web'}}");
    assertThat(namespace.at("/spec/finalizers/0").asString()).isEqualTo("kubernetes");
    assertThat(namespace.at("/status/phase").asString()).isEqualTo("Active");
    assertThat(namespace.at("/metadata/labels").get("kubernetes.io/metadata.name").asString())
        .isEqualTo("web");
    var marked = store(NAMESPACE.delete(namespace, DeleteOptions.NONE));
    assertThat(marked.at("/status/phase").asString()).isEqualTo("Terminating");
    assertThat(NAMESPACE.delete(marked, DeleteOptions.NONE))
        .isInstanceOf(MutationResult.Unchanged.class);
    assertThat(NAMESPACE.patch(marked, Mutation.PatchType.MERGE, "{'spec':{'finalizers':[]}}"))
        .isInstanceOf(MutationResult.Unchanged.class);
    assertThat(
            NAMESPACE
                .at("finalize")
                .update(marked, "{'metadata':{'name':'web'},'spec':{'finalizers':[]}}"))
        .isInstanceOf(MutationResult.Removed.class);
  }

  @Test
  void preconditionsAreChecked() {
    var byUid = new DeleteOptions(null, null, null, "other", null);
    assertThat(refusal(CONFIG_MAP.delete(configMap, byUid)).message())
        .isEqualTo(
            "Operation cannot be fulfilled on configmaps \"web\": the UID in the precondition"
                + " (other) does not match the UID in record (uid-new). The object might have been"
                + " deleted and then recreated");
    var byVersion = new DeleteOptions(null, null, null, null, "6");
    assertThat(refusal(CONFIG_MAP.delete(configMap, byVersion)).code()).isEqualTo(409);
  }

  @Test
  void optionsMustMakeSense() {
    assertThat(refusal(CONFIG_MAP.delete(configMap, policy("Sometimes"))).message())
        .isEqualTo(
            "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value:"
                + " \"Sometimes\": supported values: \"Foreground\", \"Background\", \"Orphan\","
                + " \"nil\"");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(refusal(CONFIG_MAP.apply(null, new Mutation.Delete(DeleteOptions.NONE))).code())
        .isEqualTo(404);
  }
}
