package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.testkit.process.TroupeProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kubectl apply --server-side` in its forms, and the way to it and back.
class KubectlApplyIT {

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

  private static String deployment(String name, int replicas, String image) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %s}
    spec:
      replicas: %d
      selector: {matchLabels: {app: %s}}
      template:
        metadata: {labels: {app: %s}}
        spec: {containers: [{name: main, image: %s}]}
    """
        .formatted(name, replicas, name, name, image);
  }

  private static Kubectl.Output apply(String manifest, String... arguments) {
    var all = new String[arguments.length + 3];
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    all[0] = "apply";
    all[1] = "-f";
    all[2] = "-";
    return kubectl.execute(Map.of(), manifest, all);
  }

  private static String replicas(String name) {
    return kubectl.run("get", "deployment", name, "-o", "jsonpath={.spec.replicas}");
  }

  private static String managers(String name) {
    return kubectl.run(
        "get",
        "deployment",
        name,
        "--show-managed-fields",
        "-o",
        "jsonpath={range .metadata.managedFields[*]}{.manager} {.operation} {.subresource};{end}");
  }

  @Test
  void isAppliedAndThenChangesNothing() {
    var manifest = deployment("same", 1, "example.com/web:1");
    assertThat(apply(manifest, "--server-side"))
        .isEqualTo(new Kubectl.Output(0, "deployment.apps/same serverside-applied\n", ""));
    kubectl.run("rollout", "status", "deployment/same", "--timeout=60s");
    assertThat(managers("same"))
        .startsWith("kubectl Apply ;")
        .contains("kube-controller-manager Update status;");
    assertThat(kubectl.run("get", "deployment", "same", "-o", "yaml"))
        .doesNotContain("managedFields");

    var version = version("same");
    assertThat(apply(manifest, "--server-side").code()).isZero();
    assertThat(version("same")).isEqualTo(version);
    assertThat(kubectl.execute(Map.of(), manifest, "diff", "--server-side", "-f", "-"))
        .isEqualTo(new Kubectl.Output(0, "", ""));
    var changed = deployment("same", 2, "example.com/web:1");
    assertThat(kubectl.execute(Map.of(), changed, "diff", "--server-side", "-f", "-").out())
        .contains("-  replicas: 1", "+  replicas: 2");
  }

  private static String version(String name) {
    return kubectl.run("get", "deployment", name, "-o", "jsonpath={.metadata.resourceVersion}");
  }

  @Test
  void aConflictIsToldAndForced() {
    apply(deployment("contested", 1, "example.com/web:1"), "--server-side");
    kubectl.run("scale", "deployment/contested", "--replicas=3");

    var refused = apply(deployment("contested", 1, "example.com/web:1"), "--server-side");
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err())
        .contains(
            "Apply failed with 1 conflict: conflict with \"kubectl\" with subresource \"scale\""
                + " using apps/v1: .spec.replicas",
            "--force-conflicts");
    assertThat(replicas("contested")).isEqualTo("3");

    var forced =
        apply(
            deployment("contested", 1, "example.com/web:1"), "--server-side", "--force-conflicts");
    assertThat(forced.code()).as(forced.err()).isZero();
    assertThat(replicas("contested")).isEqualTo("1");
    assertThat(managers("contested")).doesNotContain("scale");
  }

  @Test
  void appliersShareAnObjectAndTakeTheirsAway() {
    apply(deployment("shared", 1, "example.com/web:1"), "--server-side", "--field-manager=first");
    var label =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shared, labels: {team: %s}}
        """;
    var second = new String[] {"--server-side", "--field-manager=second"};
    assertThat(apply(label.formatted("blue"), second).code()).isZero();
    assertThat(labels()).isEqualTo("{\"team\":\"blue\"}");
    assertThat(apply(label.replace(", labels: {team: %s}", ""), second).code()).isZero();
    assertThat(labels()).isEmpty();
    assertThat(managers("shared")).contains("first Apply").doesNotContain("second");
  }

  private static String labels() {
    return kubectl.run("get", "deployment", "shared", "-o", "jsonpath={.metadata.labels}");
  }

  @Test
  void aTrialChangesNothing() {
    assertThat(
            apply(deployment("trial", 1, "example.com/web:1"), "--server-side", "--dry-run=server"))
        .isEqualTo(
            new Kubectl.Output(
                0, "deployment.apps/trial serverside-applied (server dry run)\n", ""));
    assertThat(kubectl.execute(Map.of(), "", "get", "deployment", "trial").code()).isEqualTo(1);
  }

  @Test
  void whatIsNoFieldIsRefused() {
    var wrong = deployment("wrong", 1, "example.com/web:1").replace("replicas", "replica");

    assertThat(apply(wrong, "--server-side").err())
        .contains(".spec.replica: field not declared in schema");
  }

  @Test
  void kubectlGoesFromItsOwnApplyToThatOfTheServerAndBack() {
    assertThat(apply(deployment("moved", 1, "example.com/web:1")).code()).isZero();
    assertThat(managers("moved")).contains("kubectl-client-side-apply Update");

    var moved = apply(deployment("moved", 2, "example.com/web:2"), "--server-side");
    assertThat(moved.code()).as(moved.err()).isZero();
    assertThat(replicas("moved")).isEqualTo("2");
    assertThat(managers("moved"))
        .contains("kubectl Apply")
        .doesNotContain("kubectl-client-side-apply");

    var back = apply(deployment("moved", 1, "example.com/web:2"));
    assertThat(back.code()).as(back.err()).isZero();
    assertThat(replicas("moved")).isEqualTo("1");
    assertThat(apply(deployment("moved", 1, "example.com/web:2")).out())
        .isEqualTo("deployment.apps/moved unchanged\n");
  }
}
