package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.refusal;
import static dev.troupe.resources.mutation.decision.Given.request;
import static dev.troupe.resources.mutation.decision.Given.store;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationResult;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ChangeRulesTest {

  private static final Given.Request CONFIG_MAP = request("configmaps", "v1");
  private static final Given.Request DEPLOYMENT = request("deployments.apps", "apps/v1");
  private static final Given.Request LEASE =
      request("leases.coordination.k8s.io", "coordination.k8s.io/v1");

  private final ObjectNode configMap =
      CONFIG_MAP.stored("{'metadata':{'name':'web','labels':{'a':'b'}},'data':{'k':'v'}}");
  private final ObjectNode deployment = DEPLOYMENT.stored(CreationRulesTest.WEB);

  @Test
  void whatOnlyTheServerDecidesIsKept() {
    var changed =
        store(
            CONFIG_MAP.update(
                configMap,
                "{'metadata':{'name':'web','creationTimestamp':'2001-01-01T00:00:00Z'},'data':{}}"));
    assertThat(changed.at("/metadata/uid").asString()).isEqualTo("uid-new");
    assertThat(changed.at("/metadata/creationTimestamp").asString())
        .isEqualTo("2026-11-23T12:00:00Z");
    assertThat(changed.has("data")).isFalse();
    assertThat(changed.at("/metadata").has("labels")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'name':'web','resourceVersion':'6' | 409 | Operation cannot be fulfilled on configmaps "web": the object has been modified; please apply your changes to the latest version and try again
          'name':'web','uid':'other'         | 409 | Operation cannot be fulfilled on configmaps "web": Precondition failed: UID in precondition: other, UID in object meta: uid-new
          'name':'other'                     | 400 | the name of the object (other) does not match the name on the URL (web)
          'namespace':'default'              | 400 | the name of the object (web based on URL) was undeterminable: name must be provided
          'name':'web','namespace':'x'       | 400 | the namespace of the object (x) does not match the namespace on the request (default)
          'name':'web','resourceVersion':'x' | 400 | metadata.resourceVersion: Invalid value: "x": invalid syntax
          """)
  void anotherObjectIsNotOverwritten(String metadata, int code, String message) {
    var refusal = refusal(CONFIG_MAP.update(configMap, "{'metadata':{" + metadata + "}}"));
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.message()).isEqualTo(message);
  }

  @Test
  void anUpdateOfTheRightVersionIsTaken() {
    var body = "{'metadata':{'name':'web','uid':'uid-new','resourceVersion':'7'},'data':{'a':'b'}}";
    assertThat(store(CONFIG_MAP.update(configMap, body)).at("/data/a").asString()).isEqualTo("b");
  }

  @Test
  void whatMustNotBeUnconditionalNeedsAVersion() {
    var lease = LEASE.stored("{'metadata':{'name':'web'}}");
    var refusal = refusal(LEASE.update(lease, "{'metadata':{'name':'web'}}"));
    assertThat(refusal.message())
        .isEqualTo(
            "Lease.coordination.k8s.io \"web\" is invalid: metadata.resourceVersion: Invalid value:"
                + " 0x0: must be specified for an update");
    assertThat(LEASE.patch(lease, PatchType.MERGE, "{'spec':{'holderIdentity':'me'}}"))
        .isInstanceOf(MutationResult.Stored.class);
  }

  @Test
  void whatIsMissingIsCreatedOnlyWhereTheTypeSaysSo() {
    assertThat(refusal(CONFIG_MAP.update(null, "{'metadata':{'name':'web'}}")).message())
        .isEqualTo("configmaps \"web\" not found");
    assertThat(LEASE.update(null, "{'metadata':{'name':'web'}}"))
        .isInstanceOfSatisfying(
            MutationResult.Stored.class, stored -> assertThat(stored.created()).isTrue());
    assertThat(refusal(LEASE.update(null, "{'metadata':{'name':'web','uid':'x'}}")).code())
        .isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'spec':{'replicas':1}}                       | 1
          {'spec':{'replicas':2}}                       | 2
          {'metadata':{'labels':{'a':'b'}}}             | 1
          {'metadata':{'annotations':{'a':'b'}}}        | 2
          {'status':{'replicas':3}}                     | 1
          """)
  void generationCountsWhatIsWanted(String patch, int generation) {
    var result = DEPLOYMENT.patch(deployment, PatchType.MERGE, patch);
    var object = result instanceof MutationResult.Stored ? store(result) : deployment;
    assertThat(object.at("/metadata/generation").asInt()).isEqualTo(generation);
  }

  @Test
  void statusAndTheRestAreWrittenApart() {
    var patch =
        "{'status':{'replicas':3},'spec':{'replicas':9},'metadata':{'labels':{'x':'y'},"
            + "'annotations':{'a':'b'}}}";
    var bySpec = store(DEPLOYMENT.patch(deployment, PatchType.MERGE, patch));
    assertThat(bySpec.at("/spec/replicas").asInt()).isEqualTo(9);
    assertThat(bySpec.at("/status/replicas").isMissingNode()).isTrue();
    var byStatus = store(DEPLOYMENT.at("status").patch(deployment, PatchType.MERGE, patch));
    assertThat(byStatus.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(byStatus.at("/status/replicas").asInt()).isEqualTo(3);
    assertThat(byStatus.at("/metadata/annotations/a").asString()).isEqualTo("b");
    assertThat(byStatus.at("/metadata/generation").asInt()).isEqualTo(1);
    assertThat(byStatus.at("/metadata/labels").isMissingNode()).isTrue();
  }

  @Test
  void aDeletedObjectGetsNoNewFinalizers() {
    var deleting = with(configMap, m -> deleting(m).putArray("finalizers").add("a/b"));
    var refusal =
        refusal(
            CONFIG_MAP.patch(
                deleting, PatchType.MERGE, "{'metadata':{'finalizers':['a/b','c/d']}}"));
    assertThat(refusal.message())
        .isEqualTo(
            "ConfigMap \"web\" is invalid: metadata.finalizers: Forbidden: no new finalizers can be"
                + " added if the object is being deleted, found new finalizers []string{\"c/d\"}");
  }

  @Test
  void whenAnObjectEndsIsNotForWritersToSay() {
    var deleting = with(configMap, m -> deleting(m).putArray("finalizers").add("a/b"));
    var later = "{'metadata':{'deletionTimestamp':'2027-01-01T00:00:00Z'}}";

    assertThat(CONFIG_MAP.patch(deleting, PatchType.MERGE, later))
        .isInstanceOf(MutationResult.Unchanged.class);
    assertThat(refusal(CONFIG_MAP.patch(configMap, PatchType.MERGE, later)).message())
        .endsWith("field is immutable");
  }

  @Test
  void theLastFinalizerTakesTheObjectAlong() {
    var deleting = with(configMap, m -> deleting(m).putArray("finalizers").add("a/b"));
    assertThat(CONFIG_MAP.patch(deleting, PatchType.MERGE, "{'metadata':{'finalizers':null}}"))
        .isInstanceOf(MutationResult.Removed.class);
  }

  @Test
  void aPatchThatDoesNotFitIsRefusedAsInKubernetes() {
    var refusal =
        refusal(
            CONFIG_MAP.patch(
                configMap, PatchType.JSON, "[{'op':'test','path':'/data/k','value':'x'}]"));
    assertThat(refusal.code()).isEqualTo(422);
    assertThat(refusal.message())
        .isEqualTo("the server rejected our request due to an error in our request");
  }

  @Test
  void aPatchToUnknownFieldsIsRefusedStrictly() {
    var refusal =
        refusal(
            DEPLOYMENT
                .validating(FieldValidation.STRICT)
                .patch(deployment, PatchType.STRATEGIC, "{'spec':{'foo':1}}"));
    assertThat(refusal.code()).isEqualTo(422);
    assertThat(refusal.message())
        .isEqualTo(
            " \"\" is invalid: patch: Invalid value: \"{\\\"spec\\\":{\\\"foo\\\":1}}\": strict"
                + " decoding error: unknown field \"spec.foo\"");
  }

  @Test
  void unknownFieldsAreWarnedAbout() {
    var result =
        CONFIG_MAP
            .validating(FieldValidation.WARN)
            .patch(configMap, PatchType.MERGE, "{'foo':1,'data':{'k':'w'}}");
    assertThat(result)
        .isInstanceOfSatisfying(
            MutationResult.Stored.class,
            stored -> assertThat(stored.warnings()).containsExactly("unknown field \"foo\""));
  }

  @Test
  void selectorsNeverChange() {
    var body = CreationRulesTest.WEB.replace("{'app':'web'}", "{'app':'other'}");
    assertThat(refusal(DEPLOYMENT.update(deployment, body)).message())
        .isEqualTo(
            "Deployment.apps \"web\" is invalid: spec.selector: Invalid value:"
                + " {\"matchLabels\":{\"app\":\"other\"}}: field is immutable");
  }

  @Test
  void mergeCreatesAndThenChangesNothing() {
    var created = store(DEPLOYMENT.merge(null, CreationRulesTest.WEB));
    assertThat(DEPLOYMENT.merge(created, CreationRulesTest.WEB))
        .isInstanceOf(MutationResult.Unchanged.class);
  }

  @Test
  void inputsAreLeftAsTheyAre() {
    var before = deployment.deepCopy();
    DEPLOYMENT.patch(deployment, PatchType.STRATEGIC, "{'spec':{'replicas':5}}");
    DEPLOYMENT.at("scale").patch(deployment, PatchType.MERGE, "{'spec':{'replicas':5}}");
    DEPLOYMENT.delete(deployment, Mutation.DeleteOptions.NONE);
    assertThat(deployment).isEqualTo(before);
  }

  private static ObjectNode with(ObjectNode object, Consumer<ObjectNode> change) {
    var copy = object.deepCopy();
    change.accept((ObjectNode) copy.get("metadata"));
    return copy;
  }

  private static ObjectNode deleting(ObjectNode metadata) {
    return metadata
        .put("deletionTimestamp", "2026-11-23T11:00:00Z")
        .put("deletionGracePeriodSeconds", 0);
  }

  @Test
  void eventsAreOneUnderTwoGroups() {
    var created =
        request("events", "events.k8s.io/v1")
            .stored(
                """
                {'apiVersion':'events.k8s.io/v1','kind':'Event','metadata':{'name':'web'},
                 'eventTime':'2026-11-23T12:00:00.000000Z','reportingController':'a/b',
                 'reportingInstance':'c','action':'Do','reason':'Done','note':'all of it',
                 'type':'Normal','regarding':{'kind':'Pod','name':'p','namespace':'default'}}\
                """);
    assertThat(created.at("/apiVersion").asString()).isEqualTo("v1");
    assertThat(created.at("/message").asString()).isEqualTo("all of it");
    var patched =
        store(
            request("events", "events.k8s.io/v1")
                .patch(created, PatchType.MERGE, "{'note':'more'}"));
    assertThat(patched.at("/message").asString()).isEqualTo("more");
  }
}
