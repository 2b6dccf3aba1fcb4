package dev.troupe.resources.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ConformerTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String POD = "io.k8s.api.core.v1.Pod";
  private static final String DEPLOYMENT = "io.k8s.api.apps.v1.Deployment";
  private static final String SECRET = "io.k8s.api.core.v1.Secret";
  private static final String LEASE = "io.k8s.api.coordination.v1.Lease";

  @Test
  void unknownFieldsAreDroppedAndNamedByTheirPath() {
    var conformed =
        conform(
            DEPLOYMENT,
            """
            {"spec": {"replicass": 1, "template": {"spec": {"containers": [
              {"name": "a"}, {"name": "b", "imagee": "x", "env": [{"nam": "y"}]}]}}}, "x": {}}
            """);

    assertThat(conformed.unknownFields())
        .containsExactly(
            "spec.replicass",
            "spec.template.spec.containers[1].imagee",
            "spec.template.spec.containers[1].env[0].nam",
            "x");
    assertThat(conformed.object().at("/spec/template/spec/containers/1").toString())
        .isEqualTo("{\"name\":\"b\",\"env\":[{\"name\":\"\"}],\"resources\":{}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"spec":{"replicas":"3"}} | json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32
          {"spec":{"replicas":1.5}} | json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32
          {"spec":{"replicas":2147483648}} | json: cannot unmarshal number 2147483648 into Go struct field DeploymentSpec.spec.replicas of type int32
          {"spec":{"template":{"spec":{"containers":{}}}}} | json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container
          {"spec":{"template":{"spec":{"containers":[{"ports":[7]}]}}}} | json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.ports of type v1.ContainerPort
          {"spec":{"template":{"spec":{"containers":[{"env":[{"value":true}]}]}}}} | json: cannot unmarshal bool into Go struct field EnvVar.spec.template.spec.containers.env.value of type string
          {"spec":{"template":{"spec":{"restartPolicy":3}}}} | json: cannot unmarshal number into Go struct field PodSpec.spec.template.spec.restartPolicy of type v1.RestartPolicy
          {"metadata":{"labels":{"a":1}}} | json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string
          {"metadata":{"labels":[]}} | json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string
          {"metadata":{"creationTimestamp":"soon"}} | parsing time "soon" as "2006-01-02T15:04:05Z07:00": cannot parse "soon" as "2006"
          {"spec":{"strategy":{"rollingUpdate":{"maxSurge":1.5}}}} | json: cannot unmarshal number 1.5 into Go value of type int32
          """)
  void typeErrorsHaveTheWordsOfGo(String json, String message) {
    assertThat(conform(DEPLOYMENT, json).typeErrors()).containsExactly(message);
  }

  @Test
  void quantitiesBecomeCanonical() {
    var conformed =
        conform(
            POD,
            """
            {"spec": {"containers": [{"resources": {"limits": {"cpu": 0.5, "memory": "1024Mi", "x": 2}}}]}}
            """);

    assertThat(conformed.object().at("/spec/containers/0/resources/limits").toString())
        .isEqualTo("{\"cpu\":\"500m\",\"memory\":\"1Gi\",\"x\":\"2\"}");
  }

  @Test
  void brokenQuantityIsATypeError() {
    assertThat(conform(POD, "{\"spec\":{\"overhead\":{\"cpu\":\"a lot\"}}}").typeErrors())
        .containsExactly(
            "quantities must match the regular expression"
                + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  }

  @Test
  void nullsAndZeroValuesThatMeanAbsentGoAndDistinctOnesStay() {
    var conformed =
        conform(
            DEPLOYMENT,
            """
            {"spec": {"replicas": 0, "minReadySeconds": 0, "paused": false, "selector": null,
              "template": {"metadata": {"labels": {"a": null}, "annotations": {}},
                "spec": {"hostNetwork": false, "nodeName": "", "containers": []}}}}
            """);

    assertThat(conformed.object().toString())
        .isEqualTo(
            "{\"spec\":{\"replicas\":0,\"template\":{\"metadata\":{\"labels\":{\"a\":\"\"}},"
                + "\"spec\":{\"containers\":[]}},\"strategy\":{}},\"metadata\":{},\"status\":{}}");
  }

  @Test
  void timesAreWrittenInUtc() {
    assertThat(
            conform(POD, "{\"metadata\":{\"creationTimestamp\":\"2026-03-01T01:30:00.7+02:00\"}}")
                .object()
                .at("/metadata/creationTimestamp")
                .asString())
        .isEqualTo("2026-02-28T23:30:00Z");
    assertThat(conform(LEASE, "{\"spec\":{\"renewTime\":\"2026-03-01T01:30:00Z\"}}").typeErrors())
        .containsExactly(
            "parsing time \"2026-03-01T01:30:00Z\" as \"2006-01-02T15:04:05.000000Z07:00\":"
                + " cannot parse \"Z\" as \".000000\"");
  }

  @Test
  void bytesMustBeBase64() {
    assertThat(
            conform(SECRET, "{\"data\":{\"a\":\"YWJj\\nZA==\"}}").object().at("/data/a").asString())
        .isEqualTo("YWJjZA==");
    assertThat(conform(SECRET, "{\"data\":{\"a\":\"YW!j\"}}").typeErrors())
        .containsExactly("illegal base64 data at input byte 2");
    assertThat(conform(SECRET, "{\"data\":{\"a\":\"YWJ\"}}").typeErrors()).hasSize(1);
  }

  @Test
  void whatHasPassedPassesAgainUnchanged() {
    var once =
        conform(
                POD,
                """
                {"kind": "Pod", "metadata": {"name": "a", "managedFields": [{"fieldsV1": {"f:x": {"y": null}}}]},
                 "spec": {"containers": [{"name": "c", "resources": {"limits": {"cpu": "1.0", "m": "1500Mi"}}}],
                   "volumes": [{"name": "v", "emptyDir": {}}, null]}}
                """)
            .object();

    assertThat(new Conformer(Schemas.standard()).conform(once, POD).object()).isEqualTo(once);
  }

  private static Conformed conform(String schema, String json) {
    return Conformer.standard().conform((ObjectNode) JSON.readTree(json), schema);
  }
}
