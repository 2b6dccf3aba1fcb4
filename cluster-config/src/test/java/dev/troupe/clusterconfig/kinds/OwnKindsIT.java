package dev.troupe.clusterconfig.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.extension.Extension;
import dev.troupe.clusterconfig.assembly.SingleMember;
import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.certificates.Kubeconfig;
import dev.troupe.clusterconfig.engine.Engines;
import dev.troupe.clusterconfig.member.MemberSettings;
import dev.troupe.clusterconfig.member.RunningMember;
import dev.troupe.testkit.process.Api;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A kind made of records, and its controller: defined at the start, gone and back, and refused
/// where objects would lose something.
@Timeout(180)
class OwnKindsIT {

  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String DEFINITION = DEFINITIONS + "/kettles.kitchen.example.com";
  private static final String KETTLES = "/apis/kitchen.example.com/v1/namespaces/default/kettles";
  private static final String OVERVIEW = "/troupe/status";

  @TempDir private static Path data;
  private static RunningMember member;
  private static Api api;

  @BeforeAll
  static void start() {
    member = begin();
    api = Api.from(data.resolve("kubeconfig"));
  }

  @AfterAll
  static void stop() {
    member.stop();
  }

  private static RunningMember begin() {
    var certificates =
        new CertificateDirectory(data.resolve("pki"), InstantSource.system(), new SecureRandom())
            .open();
    var settings =
        new MemberSettings(data, 0, 0, certificates.ofMember(), Engines.STANDARD.belowData());
    var begun = SingleMember.start(settings, Extension.of(new KettleController()));
    new Kubeconfig("https://127.0.0.1:" + begun.port(), certificates)
        .write(data.resolve("kubeconfig"));
    return begun;
  }

  private static void create(String name, int celsius) {
    var answer =
        api.post(
            KETTLES,
            """
            {"apiVersion": "kitchen.example.com/v1", "kind": "Kettle",
             "metadata": {"name": "%s"}, "spec": {"celsius": %d}}
            """
                .formatted(name, celsius));
    assertThat(answer.code()).as("%s", answer.body()).isEqualTo(201);
  }

  private static JsonNode await(String path, Predicate<JsonNode> wanted) {
    var found = api.get(path).body();
    while (!wanted.test(found)) {
      Thread.onSpinWait();
      found = api.get(path).body();
    }
    return found;
  }

  private static boolean isHot(JsonNode kettle) {
    return kettle.at("/status/hot").asBoolean(false);
  }

  private static JsonNode controller(JsonNode overview) {
    return overview
        .path("controllers")
        .valueStream()
        .filter(one -> one.path("controller").asString("").equals("kettle"))
        .findFirst()
        .orElseThrow();
  }

  private static void restart() {
    member.stop();
    member = begin();
    api = Api.from(data.resolve("kubeconfig"));
  }

  @Test
  void kindIsServedWhenTheMemberIsReadyAndItsObjectsAreReconciled() {
    create("first", 90);

    await(KETTLES + "/first", OwnKindsIT::isHot);
    var tooHot =
        api.post(
            KETTLES,
            """
            {"apiVersion": "kitchen.example.com/v1", "kind": "Kettle",
             "metadata": {"name": "fire"}, "spec": {"celsius": 900}}
            """);
    assertThat(tooHot.code()).isEqualTo(422);
  }

  @Test
  void controllerPausesWhileTheKindIsGoneAndGoesOnWhenItIsBack() {
    var definition = (ObjectNode) api.get(DEFINITION).body().deepCopy();
    definition.remove("status");
    definition.set("metadata", definition.objectNode().put("name", "kettles.kitchen.example.com"));

    api.delete(DEFINITION);
    while (api.get(DEFINITION).code() != 404) {
      Thread.onSpinWait();
    }
    await(OVERVIEW, all -> controller(all).path("trouble").asString("").contains("kettles"));
    assertThat(api.post(DEFINITIONS, definition.toString()).code()).isEqualTo(201);
    while (api.get(KETTLES).code() != 200) {
      Thread.onSpinWait();
    }

    create("later", 80);
    await(KETTLES + "/later", OwnKindsIT::isHot);
    await(OVERVIEW, all -> !controller(all).has("trouble"));
  }

  @Test
  void definitionThatWouldLoseAFieldIsRefusedAndItsControllerWaitsUntilItIsMended() {
    var field = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/volume";
    patch("[{\"op\": \"add\", \"path\": \"%s\", \"value\": {\"type\": \"integer\"}}]", field);

    restart();

    var waits = controller(api.get(OVERVIEW).body());
    assertThat(waits.path("running").asBoolean()).isFalse();
    assertThat(waits.path("trouble").asString())
        .contains("spec.volume of version v1 would go", "change the definition by hand");
    create("cold", 70);
    patch("[{\"op\": \"remove\", \"path\": \"%s\"}]", field);
    await(KETTLES + "/cold", OwnKindsIT::isHot);
  }

  private static void patch(String patch, String field) {
    var answer =
        api.send("PATCH", DEFINITION, patch.formatted(field), "application/json-patch+json");
    assertThat(answer.code()).as("%s", answer.body()).isEqualTo(200);
  }
}
