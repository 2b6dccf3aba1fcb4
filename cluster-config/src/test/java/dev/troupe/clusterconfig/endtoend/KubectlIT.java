package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.testkit.process.TroupeProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What a new user does with kubectl on a guestbook: no error, no noise, the words kubectl users
/// know. One story, told in order.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubectlIT {

  private static final String GUESTBOOK =
      Path.of("src", "test", "resources", "guestbook", "guestbook.yaml")
          .toAbsolutePath()
          .toString();

  @TempDir private static Path directory;

  private static TroupeProcess troupe;
  private static Kubectl kubectl;

  @BeforeAll
  static void start() {
    assumeTrue(Kubectl.isThere(), "skipped: there is no kubectl on the PATH");
    troupe = TroupeProcess.up(directory.resolve("data"), 0);
    kubectl = new Kubectl(troupe.kubeconfig(), directory.resolve("home"));
  }

  @AfterAll
  static void stop() {
    if (troupe != null) {
      troupe.close();
    }
  }

  @Test
  @Order(10)
  void clusterIntroducesItself() {
    // `kubectl version` adds a warning when client and server are more than one minor apart.
    assertThat(kubectl.run("get", "--raw", "/version")).contains("\"major\":\"1\"");
    assertThat(kubectl.run("get", "nodes"))
        .contains("NAME", "STATUS", "ROLES", "AGE", "VERSION")
        .contains(" Ready ");
    assertThat(kubectl.run("get", "namespaces"))
        .contains("default", "kube-system", "kube-public", "kube-node-lease");
    assertThat(kubectl.run("api-resources"))
        .contains(
            "deployments", "deploy", "apps/v1", "Deployment", "endpointslices", "ipaddresses");
    assertThat(kubectl.run("api-versions")).contains("apps/v1", "v1", "coordination.k8s.io/v1");
    assertThat(kubectl.run("cluster-info"))
        .contains("Kubernetes control plane")
        .contains("https://");
    assertThat(kubectl.run("explain", "deployment.spec.replicas"))
        .contains("FIELD: replicas <integer>");
    assertThat(kubectl.run("auth", "whoami")).contains("system:masters");
    assertThat(kubectl.run("auth", "can-i", "create", "deployments")).isEqualTo("yes\n");
  }

  @Test
  @Order(20)
  void guestbookIsCreatedAndThenUnchanged() {
    assertThat(kubectl.run("apply", "-f", GUESTBOOK).lines())
        .containsExactly(
            "service/redis-leader created",
            "deployment.apps/redis-leader created",
            "service/redis-follower created",
            "deployment.apps/redis-follower created",
            "service/frontend created",
            "deployment.apps/frontend created");
    for (var name : new String[] {"redis-leader", "redis-follower", "frontend"}) {
      assertThat(kubectl.run("rollout", "status", "deployment/" + name, "--timeout=60s"))
          .contains("deployment \"" + name + "\" successfully rolled out");
    }
    assertThat(kubectl.run("apply", "-f", GUESTBOOK).lines())
        .hasSize(6)
        .allMatch(line -> line.endsWith(" unchanged"));
    assertThat(kubectl.execute(Map.of(), "", "diff", "-f", GUESTBOOK))
        .isEqualTo(new Kubectl.Output(0, "", ""));
  }

  /// kubectl checks lists and kinds that it does not find by OpenAPI v2, whatever its version.
  @Test
  @Order(25)
  void listsAreAppliedAndUnknownKindsAreCalledSo() {
    kubectl.run("create", "namespace", "lists");
    kubectl.run("-n", "lists", "create", "configmap", "a", "--from-literal=x=1");

    assertThat(applied(kubectl.run("-n", "lists", "get", "configmaps,services", "-o", "yaml")))
        .contains("configmap/a configured");
    assertThat(
            applied(
                """
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
                """))
        .contains("configmap/b created");
    assertThat(
            applied(
                """
                apiVersion: example.com/v1
                kind: Gizmo
                metadata: {name: g}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: after}
                """))
        .contains("no matches for kind \"Gizmo\"", "configmap/after created");
    assertThat(
            applied(
                """
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, date: {}}
                """))
        .contains("unknown field \"date\"");
    kubectl.run("delete", "namespace", "lists");
  }

  private static String applied(String manifests) {
    var output = kubectl.execute(Map.of(), manifests, "-n", "lists", "apply", "-f", "-");
    return output.out() + output.err();
  }

  @Test
  @Order(30)
  void everythingCanBeLookedAt() {
    assertThat(kubectl.run("get", "deployments")).containsPattern("frontend +3/3 +3 +3 +\\d+[ms]");
    assertThat(kubectl.run("get", "pods", "-o", "wide"))
        .contains("READY", "STATUS", "RESTARTS", "IP", "NODE", "Running");
    assertThat(kubectl.run("get", "pods").lines().filter(line -> line.contains("1/1     Running")))
        .hasSize(6);
    assertThat(kubectl.run("get", "services"))
        .containsPattern("frontend +ClusterIP +10\\.\\d+\\.\\d+\\.\\d+ +<none> +80/TCP");
    assertThat(kubectl.run("get", "all", "-A"))
        .contains(
            "pod/frontend-", "service/kubernetes", "deployment.apps/frontend", "replicaset.apps/");
    assertThat(kubectl.run("get", "deployment", "frontend", "-o", "yaml"))
        .contains("apiVersion: apps/v1", "kind: Deployment", "availableReplicas: 3");
    assertThat(kubectl.run("get", "pods", "-l", "tier=frontend", "-o", "name").lines()).hasSize(3);
    assertThat(
            kubectl
                .run("get", "pods", "--field-selector", "status.phase=Running", "-o", "name")
                .lines())
        .hasSize(6);
    assertThat(kubectl.run("get", "endpointslices")).contains("frontend-", "IPv4");
    assertThat(kubectl.run("describe", "deployment", "frontend"))
        .contains("3 desired | 3 updated | 3 total | 3 available | 0 unavailable")
        .contains("ScalingReplicaSet");
    assertThat(kubectl.run("describe", "pod", "-l", "app=guestbook"))
        .contains("Successfully assigned default/frontend-", "Started container");
    assertThat(kubectl.run("describe", "node")).contains("Allocatable:", "Non-terminated Pods:");
    assertThat(kubectl.run("describe", "service", "frontend")).contains("Endpoints:", ":80");
    assertThat(kubectl.run("logs", "deployment/redis-leader")).isNotBlank();
    assertThat(kubectl.run("events")).contains("ScalingReplicaSet");
    assertThat(kubectl.run("get", "events")).contains("SuccessfulCreate");
  }

  @Test
  @Order(40)
  void deploymentsAreChangedAndRolledOut() {
    assertThat(kubectl.run("scale", "deployment/frontend", "--replicas=5"))
        .isEqualTo("deployment.apps/frontend scaled\n");
    rolledOut("frontend");
    assertThat(kubectl.run("get", "deployment", "frontend")).containsPattern("frontend +5/5");
    assertThat(
            kubectl.run("set", "image", "deployment/frontend", "php-redis=example.com/frontend:v6"))
        .isEqualTo("deployment.apps/frontend image updated\n");
    rolledOut("frontend");
    assertThat(kubectl.run("rollout", "history", "deployment/frontend"))
        .contains(
            "deployment.apps/frontend",
            "REVISION  CHANGE-CAUSE",
            "1         <none>",
            "2         <none>");
    assertThat(kubectl.run("rollout", "undo", "deployment/frontend"))
        .isEqualTo("deployment.apps/frontend rolled back\n");
    rolledOut("frontend");
    assertThat(
            kubectl.run(
                "get",
                "deployment",
                "frontend",
                "-o",
                "jsonpath={.spec.template.spec.containers[0].image}"))
        .endsWith("gb-frontend:v5");
    assertThat(kubectl.run("rollout", "restart", "deployment/frontend"))
        .isEqualTo("deployment.apps/frontend restarted\n");
    rolledOut("frontend");
    assertThat(
            kubectl.run(
                "wait", "--for=condition=Available", "deployment/frontend", "--timeout=60s"))
        .isEqualTo("deployment.apps/frontend condition met\n");
    assertThat(
            kubectl.run(
                "wait",
                "--for=jsonpath={.status.readyReplicas}=5",
                "deployment/frontend",
                "--timeout=60s"))
        .isEqualTo("deployment.apps/frontend condition met\n");
  }

  @Test
  @Order(45)
  void nodeIsDrainedByEvictions() {
    assertThat(kubectl.run("drain", "node-1", "--timeout=60s"))
        .contains("node/node-1 cordoned", "node/node-1 drained")
        .containsPattern("(?m)^evicting pod default/frontend-");
    assertThat(kubectl.run("get", "nodes", "node-1")).contains("Ready,SchedulingDisabled");
    assertThat(kubectl.run("uncordon", "node-1")).isEqualTo("node/node-1 uncordoned\n");
    rolledOut("frontend");
  }

  @Test
  @Order(50)
  void objectsAreEditedInEveryWay() {
    assertThat(kubectl.run("label", "deployment", "frontend", "team=web"))
        .isEqualTo("deployment.apps/frontend labeled\n");
    assertThat(kubectl.run("annotate", "deployment", "frontend", "note=hello"))
        .isEqualTo("deployment.apps/frontend annotated\n");
    assertThat(kubectl.run("patch", "deployment", "frontend", "-p", "{\"spec\":{\"replicas\":4}}"))
        .isEqualTo("deployment.apps/frontend patched\n");
    assertThat(
            kubectl.run(
                "patch",
                "deployment",
                "frontend",
                "--type=merge",
                "-p",
                "{\"spec\":{\"minReadySeconds\":1}}"))
        .isEqualTo("deployment.apps/frontend patched\n");
    assertThat(
            kubectl.run(
                "patch",
                "deployment",
                "frontend",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":3}]"))
        .isEqualTo("deployment.apps/frontend patched\n");
    assertThat(kubectl.run("patch", "deployment", "frontend", "-p", "{\"spec\":{\"replicas\":3}}"))
        .isEqualTo("deployment.apps/frontend patched (no change)\n");
    var edited =
        kubectl.execute(
            Map.of("KUBE_EDITOR", "sed -i s/team:.web/team:\\ shop/"),
            "",
            "edit",
            "deployment",
            "frontend");
    assertThat(edited).isEqualTo(new Kubectl.Output(0, "deployment.apps/frontend edited\n", ""));
    assertThat(kubectl.run("get", "deployment", "frontend", "-L", "team")).contains("TEAM", "shop");
    rolledOut("frontend");
    var diff =
        kubectl.execute(
            Map.of(),
            """
            apiVersion: v1
            kind: Service
            metadata:
              name: frontend
            spec:
              ports:
              - port: 81
            """,
            "diff",
            "-f",
            "-");
    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out()).contains("+  - port: 81");
    assertThat(diff.err()).isEmpty();
  }

  @Test
  @Order(60)
  void imperativeCommandsWork() {
    assertThat(kubectl.run("create", "namespace", "shop")).isEqualTo("namespace/shop created\n");
    assertThat(kubectl.run("create", "configmap", "settings", "--from-literal=a=b", "-n", "shop"))
        .isEqualTo("configmap/settings created\n");
    assertThat(
            kubectl.run(
                "create", "secret", "generic", "password", "--from-literal=a=b", "-n", "shop"))
        .isEqualTo("secret/password created\n");
    assertThat(
            kubectl.run(
                "create", "deployment", "till", "--image=till:1", "--replicas=2", "-n", "shop"))
        .isEqualTo("deployment.apps/till created\n");
    assertThat(kubectl.run("expose", "deployment", "till", "--port=80", "-n", "shop"))
        .isEqualTo("service/till exposed\n");
    assertThat(kubectl.run("run", "visitor", "--image=visitor:1", "-n", "shop"))
        .isEqualTo("pod/visitor created\n");
    assertThat(
            kubectl.run(
                "wait", "--for=condition=Ready", "pod/visitor", "-n", "shop", "--timeout=60s"))
        .isEqualTo("pod/visitor condition met\n");
    assertThat(kubectl.run("get", "configmaps", "-n", "shop"))
        .contains("kube-root-ca.crt", "settings");
    assertThat(kubectl.run("get", "serviceaccounts", "-n", "shop")).contains("default");
    var missing = kubectl.execute(Map.of(), "", "get", "pod", "nobody");
    assertThat(missing)
        .isEqualTo(
            new Kubectl.Output(1, "", "Error from server (NotFound): pods \"nobody\" not found\n"));
    var twice = kubectl.execute(Map.of(), "", "create", "namespace", "shop");
    assertThat(twice.err())
        .isEqualTo("Error from server (AlreadyExists): namespaces \"shop\" already exists\n");
  }

  @Test
  @Order(70)
  void watchesShowWhatHappens() throws IOException, InterruptedException {
    var watch = kubectl.start(Map.of(), "get", "pods", "-n", "shop", "-w", "--output-watch-events");
    var lines =
        new BufferedReader(new InputStreamReader(watch.getInputStream(), StandardCharsets.UTF_8));
    assertThat(lines.readLine()).contains("EVENT", "NAME", "READY");
    assertThat(kubectl.run("run", "guest", "--image=guest:1", "-n", "shop"))
        .isEqualTo("pod/guest created\n");
    var ready =
        CompletableFuture.supplyAsync(() ->
            lines
                .lines()
                .anyMatch(line -> line.contains("guest") && line.contains("1/1     Running")));
    assertThat(ready.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
    watch.destroy();
    assertThat(watch.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Order(80)
  void objectsAndNamespacesAreDeleted() {
    assertThat(kubectl.run("delete", "pod", "visitor", "-n", "shop", "--timeout=60s"))
        .isIn("pod \"visitor\" deleted\n", "pod \"visitor\" deleted from shop namespace\n");
    assertThat(kubectl.run("delete", "namespace", "shop", "--timeout=60s"))
        .isEqualTo("namespace \"shop\" deleted\n");
    assertThat(kubectl.run("get", "namespaces", "-o", "name").lines())
        .doesNotContain("namespace/shop");
    assertThat(kubectl.run("delete", "-f", GUESTBOOK, "--timeout=60s").lines()).hasSize(6);
    kubectl.run("wait", "--for=delete", "pods", "--all", "--timeout=60s");
    assertThat(kubectl.run("get", "replicasets", "-o", "name")).isEmpty();
    assertThat(kubectl.run("get", "pods", "-o", "name")).isEmpty();
  }

  @Tag("thorough")
  @Test
  @Order(85)
  void whatAClusterBeginsWithComesBack() {
    for (var object : List.of("service/kubernetes", "namespace/kube-node-lease")) {
      kubectl.run("delete", object, "--timeout=60s");
      assertThat(kubectl.run("wait", "--for=create", object, "--timeout=60s"))
          .isEqualTo(object + " condition met\n");
    }
    assertThat(kubectl.run("get", "service", "kubernetes")).contains("10.96.0.1");
    kubectl.run("wait", "--for=create", "lease/node-1", "-n", "kube-node-lease", "--timeout=60s");
  }

  @Test
  @Order(90)
  void stopIsClean() {
    assertThat(troupe.stop()).as(troupe.log()).isIn(0, 143);
    assertThat(troupe.log()).doesNotContain("WARN", "ERROR", "Exception");
  }

  private static void rolledOut(String deployment) {
    assertThat(kubectl.run("rollout", "status", "deployment/" + deployment, "--timeout=60s"))
        .contains("deployment \"" + deployment + "\" successfully rolled out");
  }
}
