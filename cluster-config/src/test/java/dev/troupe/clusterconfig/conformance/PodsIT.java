package dev.troupe.clusterconfig.conformance;

import static dev.troupe.clusterconfig.conformance.Scene.copy;
import static dev.troupe.clusterconfig.conformance.Scene.name;
import static dev.troupe.clusterconfig.conformance.Scene.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.Api;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rows about pods: of the groups `sig-node`, `sig-scheduling`, `sig-auth` and `sig-storage`.
@ExtendWith(OneServer.class)
class PodsIT {

  @Test
  void aPodIsSubmittedAndRemoved(Scene scene) {
    var pods = scene.core("pods");
    var from = version(scene.get(pods));
    scene.create(pods, Bodies.pod("removed", "{terminationGracePeriodSeconds: 1}"));
    assertThat(scene.events(pods, from, 1, "").getFirst().get("type").asString())
        .isEqualTo("ADDED");
    running(scene, "removed");
    var deleted = scene.delete(pods + "/removed", "{\"gracePeriodSeconds\":1}");
    assertThat(deleted.at("/metadata/deletionTimestamp").isMissingNode()).isFalse();
    scene.awaitNone(pods, "removed");
    var last = new ArrayList<String>();
    for (var event : scene.watch(pods, from, "")) {
      last.add(event.get("type").asString());
      if (event.get("type").asString().equals("DELETED")) {
        break;
      }
    }
    assertThat(last).startsWith("ADDED", "MODIFIED").endsWith("DELETED");
  }

  @Test
  void aPodIsUpdated(Scene scene) {
    scene.create(scene.core("pods"), Bodies.pod("updated", "{}"));
    running(scene, "updated");
    var path = scene.core("pods") + "/updated";
    var pod = copy(scene.get(path));
    ((ObjectNode) pod.at("/metadata/labels")).put("time", "2");
    pod.withObject("/metadata").remove("resourceVersion");
    scene.replace(path, pod);
    assertThat(scene.list(scene.core("pods") + "?labelSelector=time%3D2")).hasSize(1);
  }

  @Test
  void podsAreDeletedTogether(Scene scene) {
    for (var name : List.of("one", "two", "three")) {
      scene.create(scene.core("pods"), Bodies.pod(name, "{terminationGracePeriodSeconds: 1}"));
    }
    var selected = scene.core("pods") + "?labelSelector=suite%3Dconformance";
    scene.await(selected, pods -> pods.size() == 3 && pods.stream().allMatch(PodsIT::isRunning));
    scene.delete(selected);
    scene.await(selected, pods -> pods.isEmpty());
  }

  @Test
  void statusOfAPodIsPatched(Scene scene) {
    scene.create(scene.core("pods"), Bodies.pod("patched", "{}"));
    running(scene, "patched");
    var message = "patched by a test";
    var patched =
        scene.strategic(
            scene.core("pods") + "/patched/status",
            "{\"status\":{\"message\":\"" + message + "\"},\"spec\":{\"nodeName\":\"elsewhere\"}}");
    assertThat(patched.at("/status/message").asString()).isEqualTo(message);
    assertThat(patched.at("/spec/nodeName").asString()).isNotEqualTo("elsewhere");
  }

  @Test
  void aPodAndItsStatusLive(Scene scene) {
    var pods = scene.core("pods");
    scene.create(pods, Bodies.pod("lives", "{terminationGracePeriodSeconds: 1}"));
    running(scene, "lives");
    scene.strategic(
        pods + "/lives",
        "{\"metadata\":{\"labels\":{\"patched\":\"yes\"}},"
            + "\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"main:2\"}]}}");
    var pod = copy(scene.get(pods + "/lives/status"));
    for (var condition : pod.at("/status/conditions").values()) {
      if (condition.get("type").asString().equals("Ready")) {
        ((ObjectNode) condition).put("status", "False");
      }
    }
    pod.withObject("/metadata").remove("resourceVersion");
    assertThat(condition(scene.replace(pods + "/lives/status", pod), "Ready")).isEqualTo("False");
    scene.delete(pods + "?labelSelector=patched%3Dyes");
    scene.awaitNone(pods, "lives");
  }

  @Test
  void generationCountsWhatIsWanted(Scene scene) {
    var pods = scene.core("pods");
    var created =
        scene.create(
            pods,
            """
            {metadata: {name: counted, generation: 100, finalizers: [example.com/kept]},
             spec: {containers: [{name: main, image: 'main:1'}]}}
            """);
    assertThat(generation(created)).isEqualTo(1);
    assertThat(generation(running(scene, "counted"))).isEqualTo(1);
    assertThat(
            generation(scene.merge(pods + "/counted", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}")))
        .isEqualTo(1);
    assertThat(
            generation(
                scene.strategic(
                    pods + "/counted",
                    "{\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"main:2\"}]}}")))
        .isEqualTo(2);
    scene.awaitOne(pods, "counted", pod -> pod.at("/status/observedGeneration").asInt(0) == 2);
    scene.delete(pods + "/counted", "{\"gracePeriodSeconds\":1}");
    assertThat(generation(scene.get(pods + "/counted"))).isEqualTo(3);
    scene.merge(pods + "/counted", "{\"metadata\":{\"finalizers\":null}}");
    scene.awaitNone(pods, "counted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {requests: {cpu: 100m, memory: 100Mi}, limits: {cpu: 100m, memory: 100Mi}} | Guaranteed
          {requests: {cpu: 100m, memory: 100Mi}}                                     | Burstable
          {}                                                                         | BestEffort
          """)
  void classOfServiceIsSet(String resources, String wanted, Scene scene) {
    var created =
        scene.create(
            scene.core("pods"),
            Bodies.pod(
                "served",
                "{containers: [{name: main, image: 'a:1', resources: " + resources + "}]}"));
    assertThat(created.at("/status/qosClass").asString()).isEqualTo(wanted);
  }

  @Test
  void anUnknownRuntimeIsRefused(Scene scene) {
    assertThat(
            scene.refused(
                403, post(scene, "pods", Bodies.pod("runtime", "{runtimeClassName: nobody}"))))
        .contains("pod rejected: RuntimeClass \"nobody\" not found");
  }

  @Test
  void sysctlsThatAreNoneAreRefused(Scene scene) {
    assertThat(
            scene.refused(
                422,
                post(
                    scene,
                    "pods",
                    Bodies.pod(
                        "sysctls",
                        "{securityContext: {sysctls: [{name: foo-, value: bar},"
                            + " {name: kernel.shmmax, value: '1'}, {name: bar.., value: '2'}]}}"))))
        .contains("Invalid value: \"foo-\"", "Invalid value: \"bar..\"")
        .doesNotContain("kernel.shmmax");
  }

  @Test
  void volumesOfDriversArePartOfPods(Scene scene) {
    var created =
        scene.create(
            scene.core("pods"),
            Bodies.pod(
                "inline",
                "{volumes: [{name: data, csi: {driver: e2e.example.com, readOnly: true,"
                    + " volumeAttributes: {a: b}}}]}"));
    assertThat(created.at("/spec/volumes/0/csi/driver").asString()).isEqualTo("e2e.example.com");
    scene.merge(scene.core("pods") + "/inline", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
    scene.delete(scene.core("pods") + "?labelSelector=a%3Db", "{\"gracePeriodSeconds\":0}");
    scene.awaitNone(scene.core("pods"), "inline");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          -,     -,     true
          -,     true,  true
          -,     false, false
          false, -,     false
          false, true,  true
          false, false, false
          true,  false, false
          """)
  void tokensAreMountedUnlessOptedOut(String account, String pod, boolean wanted, Scene scene) {
    scene.create(
        scene.core("serviceaccounts"),
        "{metadata: {name: mounter}"
            + (account == null ? "}" : ", automountServiceAccountToken: " + account + "}"));
    var created =
        scene.create(
            scene.core("pods"),
            Bodies.pod(
                "mounted",
                "{serviceAccountName: mounter"
                    + (pod == null ? "}" : ", automountServiceAccountToken: " + pod + "}")));
    assertThat(
            created.at("/spec/containers/0/volumeMounts").values().stream()
                .anyMatch(mount ->
                    mount
                        .get("mountPath")
                        .asString()
                        .equals("/var/run/secrets/kubernetes.io/serviceaccount")))
        .isEqualTo(wanted);
  }

  @Test
  void whatIsTooLargeWaits(Scene scene) {
    scene.create(
        scene.core("pods"),
        Bodies.pod(
            "large",
            "{containers: [{name: main, image: 'a:1', resources: {requests: {cpu: 1M}}}]}"));
    var pod =
        scene.awaitOne(
            scene.core("pods"), "large", each -> condition(each, "PodScheduled").equals("False"));
    assertThat(pod.at("/status/conditions/0/message").asString()).contains("Insufficient cpu");
  }

  @Test
  void nodeSelectorsAreRespected(Scene scene) {
    scene.create(scene.core("pods"), Bodies.pod("nowhere", "{nodeSelector: {nobody: has}}"));
    scene.create(
        scene.core("pods"),
        Bodies.pod("somewhere", "{nodeSelector: {kubernetes.io/hostname: node-2}}"));
    assertThat(running(scene, "somewhere").at("/spec/nodeName").asString()).isEqualTo("node-2");
    var waiting =
        scene.awaitOne(
            scene.core("pods"), "nowhere", each -> condition(each, "PodScheduled").equals("False"));
    assertThat(waiting.at("/status/conditions/0/message").asString())
        .contains("didn't match Pod's node affinity/selector");
  }

  static JsonNode running(Scene scene, String name) {
    return scene.awaitOne(scene.core("pods"), name, PodsIT::isRunning);
  }

  static boolean isRunning(JsonNode pod) {
    return condition(pod, "Ready").equals("True");
  }

  static String condition(JsonNode object, String type) {
    return object.at("/status/conditions").values().stream()
        .filter(condition -> condition.get("type").asString().equals(type))
        .map(condition -> condition.get("status").asString())
        .findFirst()
        .orElse("");
  }

  private static int generation(JsonNode object) {
    return object.at("/metadata/generation").asInt(0);
  }

  private static Api.Answer post(Scene scene, String plural, String yaml) {
    return scene.api().send("POST", scene.core(plural), yaml, "application/yaml");
  }
}
