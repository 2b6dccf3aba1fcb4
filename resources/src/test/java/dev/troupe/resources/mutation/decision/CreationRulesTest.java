package dev.troupe.resources.mutation.decision;

import static dev.troupe.resources.mutation.decision.Given.refusal;
import static dev.troupe.resources.mutation.decision.Given.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationResult;
import org.junit.jupiter.api.Test;

class CreationRulesTest {

  private static final Given.Request CONFIG_MAP = request("configmaps", "v1");
  private static final Given.Request DEPLOYMENT = request("deployments.apps", "apps/v1");
  private static final Given.Request POD = request("pods", "v1");

  static final String WEB =
      """
      {'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web'},'spec':{
        'selector':{'matchLabels':{'app':'web'}},
        'template':{'metadata':{'labels':{'app':'web'}},
          'spec':{'containers':[{'name':'main','image':'nginx:1.27'}]}}}}\
      """;

  @Test
  void metadataIsFilledAndWhatClientsMayNotChooseIsWiped() {
    var object =
        CONFIG_MAP.stored(
            """
            {'metadata':{'name':'web','uid':'mine','creationTimestamp':'2001-01-01T00:00:00Z',
             'deletionTimestamp':'2001-01-01T00:00:00Z','generation':9,'selfLink':'/x',
             'managedFields':[{'manager':'me'}]},'data':{'a':'b'}}\
            """);
    assertThat(object)
        .isEqualTo(
            Given.object(
                """
                {'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'web',
                 'namespace':'default','uid':'uid-new','creationTimestamp':'2026-11-23T12:00:00Z',
                 'resourceVersion':'7'},'data':{'a':'b'}}\
                """));
  }

  @Test
  void deploymentIsDefaulted() {
    var object = DEPLOYMENT.stored(WEB);
    assertThat(object.toString())
        .isEqualTo(
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"default","uid":"uid-new","creationTimestamp":"2026-11-23T12:00:00Z","generation":1,"resourceVersion":"7"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"main","image":"nginx:1.27","resources":{},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"}],"dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","terminationGracePeriodSeconds":30,"securityContext":{}}},"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}},"replicas":1,"revisionHistoryLimit":10,"progressDeadlineSeconds":600},"status":{}}\
            """);
  }

  @Test
  void writingWhatIsStoredChangesNothing() {
    for (var stored : new Object[] {DEPLOYMENT.stored(WEB)}) {
      var object = (tools.jackson.databind.node.ObjectNode) stored;
      assertThat(DEPLOYMENT.apply(object, new Mutation.Update(object)))
          .isInstanceOf(MutationResult.Unchanged.class);
    }
  }

  @Test
  void podGetsWhatAdmissionGives() {
    var pod =
        POD.stored("{'metadata':{'name':'web'},'spec':{'containers':[{'name':'a','image':'b'}]}}");
    assertThat(pod.at("/spec/serviceAccountName").asString()).isEqualTo("default");
    assertThat(pod.at("/spec/priority").asInt()).isZero();
    assertThat(pod.at("/spec/tolerations")).hasSize(2);
    assertThat(pod.at("/spec/containers/0/imagePullPolicy").asString()).isEqualTo("Always");
    assertThat(pod.at("/status/phase").asString()).isEqualTo("Pending");
    assertThat(pod.at("/status/qosClass").asString()).isEqualTo("BestEffort");
  }

  @Test
  void unknownAndDuplicateFieldsAreRefusedStrictly() {
    var refusal =
        refusal(
            DEPLOYMENT
                .validating(FieldValidation.STRICT, "spec.replicas")
                .create(WEB.replace("'spec':{\n  'selector'", "'spec':{'foo':1,'selector'")));
    assertThat(refusal.code()).isEqualTo(400);
    assertThat(refusal.message())
        .isEqualTo(
            "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error:"
                + " unknown field \"spec.foo\", duplicate field \"spec.replicas\"");
  }

  @Test
  void wrongTypesAreRefused() {
    var refusal =
        refusal(DEPLOYMENT.create(WEB.replace("'selector'", "'replicas':'x','selector'")));
    assertThat(refusal.code()).isEqualTo(400);
    assertThat(refusal.message())
        .isEqualTo(
            "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal"
                + " string into Go struct field DeploymentSpec.spec.replicas of type int32");
  }

  @Test
  void namesAreChecked() {
    var refusal = refusal(CONFIG_MAP.named("A_b").create("{'metadata':{'name':'A_b'},'data':{}}"));
    assertThat(refusal.code()).isEqualTo(422);
    assertThat(refusal.message())
        .startsWith(
            "ConfigMap \"A_b\" is invalid: metadata.name: Invalid value: \"A_b\": a lowercase RFC"
                + " 1123 subdomain must consist of");
  }

  @Test
  void whatIsWrongIsSaidBeforeThatTheNameIsTaken() {
    var there = CONFIG_MAP.stored("{'metadata':{'name':'web'}}");

    var wrong = Given.object("{'metadata':{'name':'web'},'data':{'a/b':''}}");
    assertThat(Given.refusal(CONFIG_MAP.apply(there, new Mutation.Create(wrong))).reason())
        .isEqualTo(StatusReason.INVALID);
    var fine = Given.object("{'metadata':{'name':'web'}}");
    assertThat(Given.refusal(CONFIG_MAP.apply(there, new Mutation.Create(fine))).reason())
        .isEqualTo(StatusReason.ALREADY_EXISTS);
  }
}
