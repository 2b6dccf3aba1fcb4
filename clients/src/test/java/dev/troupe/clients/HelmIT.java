package dev.troupe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The life of a release with Helm 3, which patches, and Helm 4, which applies: a chart with a
/// definition, an object of it, what is usual beside, hooks and a test.
@ExtendWith(Member.Shared.class)
class HelmIT {

  private static final String CHART =
      Path.of("src", "test", "charts", "greeter").toAbsolutePath().toString();

  /// Helm 3.17 comes with kubectl 1.31, Helm 4.2 with 1.36.
  @ParameterizedTest
  @ValueSource(strings = {"1.31", "1.36"})
  void aReleaseIsInstalledUpgradedRolledBackTestedAndUninstalled(String version, Member member) {
    var release = new Release(version, member);

    release.isInstalled();
    release.isUpgraded();
    release.isNotUpgradedToWhatTheDefinitionForbids();
    if (release.isApplied()) {
      release.tellsConflicts();
    }
    release.isRolledBack();
    release.isTested();
    release.isUninstalled();
  }

  @Test
  void aReleaseOfHelm3GoesOnWithHelm4(Member member) {
    var namespace = "helm-3-and-4";
    var third = new Release("1.31", member, namespace);
    var fourth = new Release("1.36", member, namespace);
    third.helm("install", "hi", CHART, "--create-namespace", "--wait", "--timeout", "60s");

    fourth.helm("upgrade", "hi", CHART, "--set", "text=servus", "--server-side=true");
    assertThat(fourth.owners()).isEqualTo("helm Apply");
    third.helm("upgrade", "hi", CHART, "--set", "text=moin");

    assertThat(fourth.get("greetings", "hi", "-o", "jsonpath={.spec.text}")).isEqualTo("moin");
    fourth.helm("uninstall", "hi", "--cascade=foreground");
    fourth.kubectl.run(
        fourth.here("wait", "--for=delete", "deployment/hi", "greeting/hi", "--timeout=60s"));
    assertThat(fourth.get("replicasets", "-o", "name")).isEmpty();
  }

  /// What does not become ready is taken back.
  @Tag("thorough")
  @ParameterizedTest
  @CsvSource({"1.31, --atomic", "1.36, --rollback-on-failure"})
  void aReleaseThatFailsIsRolledBack(String version, String flag, Member member) {
    var release = new Release(version, member, "helm-fails-" + version.replace('.', '-'));
    release.helm("install", "hi", CHART, "--create-namespace", "--wait", "--timeout", "60s");

    var said =
        release.helm.fail(
            release.here(
                "upgrade", "hi", CHART, "--set", "fail=never-ready", flag, "--timeout", "5s"));

    assertThat(said).contains("has been rolled back due to");
    assertThat(release.helm("history", "hi")).contains("failed", "Rollback to 1");
    assertThat(release.get("deployment", "hi", "-o", "jsonpath={.status.readyReplicas}"))
        .isEqualTo("2");
  }

  /// One of them, in a namespace of its own.
  private static final class Release {

    private final Program helm;
    private final Program kubectl;
    private final String namespace;

    private Release(String version, Member member) {
      this(version, member, "helm-" + version.replace('.', '-'));
    }

    private Release(String version, Member member, String namespace) {
      var home = member.directory("home-helm-" + version);
      helm =
          Program.of(member, Fetched.program("kubectl-" + version + "/helm").toString()).at(home);
      kubectl =
          Program.of(member, Fetched.program("kubectl-" + version + "/kubectl").toString())
              .at(home);
      this.namespace = namespace;
    }

    private boolean isApplied() {
      return helm.run("version", "--short").startsWith("v4");
    }

    private String helm(String... words) {
      return helm.run(here(words));
    }

    private String get(String... words) {
      var all = new ArrayList<>(List.of("get"));
      all.addAll(List.of(words));
      return kubectl.run(here(all.toArray(String[]::new)));
    }

    private String[] here(String... words) {
      var all = new ArrayList<>(List.of(words));
      all.addAll(List.of("--namespace", namespace));
      return all.toArray(String[]::new);
    }

    private void isInstalled() {
      var said = helm("install", "hi", CHART, "--create-namespace", "--wait", "--timeout", "60s");

      assertThat(said).contains("STATUS: deployed", "REVISION: 1", "It says hello.");
      assertThat(get("deployment", "hi", "-o", "jsonpath={.status.readyReplicas}")).isEqualTo("2");
      assertThat(get("greetings", "hi", "-o", "jsonpath={.spec}"))
          .isEqualTo("{\"loudness\":3,\"tags\":[\"a\",\"b\"],\"text\":\"hello\"}");
      assertThat(get("configmap", "hi", "-o", "jsonpath={.data.served}")).isEqualTo("true");
      assertThat(get("pod", "hi-prepare", "-o", "jsonpath={.status.phase}")).isEqualTo("Succeeded");
      assertThat(get("secret", "hi", "-o", "jsonpath={.data.password}")).isEqualTo("aGVsbG8=");
      assertThat(owners()).isEqualTo(isApplied() ? "helm Apply" : "helm Update");
      assertThat(helm("list", "--short")).isEqualTo("hi\n");
    }

    private String owners() {
      return get(
          "greetings",
          "hi",
          "--show-managed-fields",
          "-o",
          "jsonpath={.metadata.managedFields[*]['manager','operation']}");
    }

    private void isUpgraded() {
      var said =
          helm(
              "upgrade", "hi", CHART, "--set", "text=servus,replicas=3", "--wait", "--timeout=60s");

      assertThat(said).contains("REVISION: 2", "It says servus.");
      assertThat(get("greetings", "hi", "-o", "jsonpath={.spec.text}")).isEqualTo("servus");
      assertThat(get("deployment", "hi", "-o", "jsonpath={.status.updatedReplicas}"))
          .isEqualTo("3");
      assertThat(get("configmap", "hi-before", "-o", "jsonpath={.data.revision}")).isEqualTo("2");
    }

    private void isNotUpgradedToWhatTheDefinitionForbids() {
      assertThat(helm.fail(here("upgrade", "hi", CHART, "--set", "text=")))
          .contains("spec.text in body should be at least 1 chars long");
    }

    private void tellsConflicts() {
      kubectl.run(
          here(
              "patch",
              "greeting",
              "hi",
              "--type=merge",
              "--field-manager=someone",
              "-p",
              "{\"spec\":{\"text\":\"moin\"}}"));

      assertThat(helm.fail(here("upgrade", "hi", CHART, "--set", "text=tach")))
          .contains("conflict with \"someone\" using helm.example.com/v1: .spec.text");
      assertThat(get("greetings", "hi", "-o", "jsonpath={.spec.text}")).isEqualTo("moin");
      helm("upgrade", "hi", CHART, "--set", "text=tach", "--force-conflicts", "--wait");
      assertThat(get("greetings", "hi", "-o", "jsonpath={.spec.text}")).isEqualTo("tach");
    }

    private void isRolledBack() {
      helm("rollback", "hi", "1", "--wait", "--timeout", "60s");

      assertThat(get("greetings", "hi", "-o", "jsonpath={.spec.text}")).isEqualTo("hello");
      assertThat(get("deployment", "hi", "-o", "jsonpath={.spec.replicas}")).isEqualTo("2");
      assertThat(helm("history", "hi")).contains("Install complete", "Rollback to 1");
    }

    private void isTested() {
      assertThat(helm("test", "hi", "--logs", "--timeout", "60s"))
          .contains("TEST SUITE:     hi-answer", "Phase:          Succeeded", "it answers");
      helm("upgrade", "hi", CHART, "--set", "answer=1", "--wait", "--timeout", "60s");
      assertThat(helm.fail(here("test", "hi", "--timeout", "60s")))
          .contains("Phase:          Failed");
    }

    private void isUninstalled() {
      assertThat(helm("uninstall", "hi", "--wait")).contains("release \"hi\" uninstalled");

      assertThat(get("greetings,deployments,services,secrets", "-o", "name")).isEmpty();
      assertThat(get("configmaps", "-o", "name")).doesNotContain("configmap/hi\n");
      assertThat(kubectl.run("get", "crd", "greetings.helm.example.com", "-o", "name"))
          .isNotEmpty();
    }
  }
}
