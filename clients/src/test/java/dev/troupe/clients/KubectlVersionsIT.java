package dev.troupe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people do with kubectl on a type that somebody has defined, and on one that is built in:
/// the oldest and the newest version that can be had, and thoroughly all in between.
@ExtendWith(Member.Shared.class)
class KubectlVersionsIT {

  @ParameterizedTest
  @ValueSource(strings = {"1.31", "1.36"})
  void oldestAndNewest(String version, Member member) {
    allForms(version, member);
  }

  @Tag("thorough")
  @ParameterizedTest
  @ValueSource(strings = {"1.32", "1.33", "1.34", "1.35"})
  void allInBetween(String version, Member member) {
    allForms(version, member);
  }

  private static void allForms(String version, Member member) {
    var program = Fetched.program("kubectl-" + version + "/kubectl");
    var kubectl =
        Program.of(member, program.toString()).at(member.directory("home-kubectl-" + version));
    var robots = new Robots(kubectl, "kubectl-" + version.replace('.', '-'));

    robots.areDefined();
    robots.areApplied();
    robots.haveConflicts();
    robots.areTried();
    robots.goFromClientSideToServerSideAndBack();
    robots.haveALastAppliedConfiguration();
    robots.areChangedInOtherWays();
    robots.haveSubresources();
    robots.areExplained();
    robots.areHeldAgainstTheirSchema();
  }

  /// Objects of the defined type, each step with one of its own.
  private record Robots(Program kubectl, String namespace) {

    private static final String DEFINITION =
        Path.of("src", "test", "kubectl", "robots.yaml").toString();

    private String run(String... words) {
      return kubectl.run(here(words));
    }

    private String[] here(String... words) {
      var all = new String[words.length + 2];
      System.arraycopy(words, 0, all, 2, words.length);
      all[0] = "--namespace";
      all[1] = namespace;
      return all;
    }

    private static String robot(String name, String spec) {
      return """
      apiVersion: kubectl.example.com/v1
      kind: Robot
      metadata: {name: %s}
      spec: {%s}
      """
          .formatted(name, spec);
    }

    private Program.Output given(String input, String... words) {
      return kubectl.execute(input, here(words));
    }

    /// @return what it printed
    private String done(String input, String... words) {
      var output = given(input, words);
      assertThat(output.code()).as("%s", output).isZero();
      return output.out();
    }

    private String field(String name, String path) {
      return run("get", "robot", name, "--show-managed-fields", "-o", "jsonpath={" + path + "}");
    }

    private void areDefined() {
      kubectl.run("create", "namespace", namespace);
      run("apply", "--server-side", "-f", DEFINITION);
      run("wait", "--for=condition=Established", "crd/robots.kubectl.example.com");
      assertThat(run("api-resources", "--api-group=kubectl.example.com"))
          .contains("robots", "rb", "kubectl.example.com/v1");
    }

    private void areApplied() {
      var robot = robot("applied", "arms: 2, tools: [{name: drill, size: 3}]");
      assertThat(done(robot, "apply", "--server-side", "-f", "-"))
          .isEqualTo("robot.kubectl.example.com/applied serverside-applied\n");
      done(
          robot("applied", "tools: [{name: saw}]"),
          "apply",
          "--server-side",
          "--field-manager=second",
          "-f",
          "-");

      assertThat(field("applied", ".spec"))
          .isEqualTo("{\"arms\":2,\"tools\":[{\"name\":\"drill\",\"size\":3},{\"name\":\"saw\"}]}");
      assertThat(field("applied", ".metadata.managedFields[*].manager"))
          .isEqualTo("kubectl second");
      assertThat(run("get", "robot", "applied", "-o", "yaml")).doesNotContain("managedFields");
      var before = field("applied", ".metadata.resourceVersion");
      done(robot, "apply", "--server-side", "-f", "-");
      assertThat(field("applied", ".metadata.resourceVersion")).isEqualTo(before);
    }

    private void haveConflicts() {
      var other = robot("applied", "arms: 4");
      var refused = given(other, "apply", "--server-side", "--field-manager=third", "-f", "-");
      assertThat(refused.code()).isNotZero();
      assertThat(refused.err())
          .contains(
              "Apply failed with 1 conflict: conflict with \"kubectl\": .spec.arms",
              "--force-conflicts");

      done(
          other, "apply", "--server-side", "--field-manager=third", "--force-conflicts", "-f", "-");
      assertThat(field("applied", ".spec.arms")).isEqualTo("4");
    }

    private void areTried() {
      var more = robot("applied", "arms: 6");
      assertThat(
              done(
                  more,
                  "apply",
                  "--server-side",
                  "--force-conflicts",
                  "--dry-run=server",
                  "-o",
                  "jsonpath={.spec.arms}",
                  "-f",
                  "-"))
          .isEqualTo("6");
      var difference = given(more, "diff", "--server-side", "--force-conflicts", "-f", "-");
      assertThat(difference.code()).isEqualTo(1);
      assertThat(difference.out()).contains("-  arms: 4", "+  arms: 6");
      assertThat(field("applied", ".spec.arms")).isEqualTo("4");
    }

    private void goFromClientSideToServerSideAndBack() {
      for (var kind : new String[] {"robot", "configmap"}) {
        done(moving(kind, 1), "apply", "-f", "-");
        assertThat(done(moving(kind, 2), "apply", "-f", "-")).contains("configured");
        assertThat(managers(kind)).isEqualTo("kubectl-client-side-apply");

        done(moving(kind, 3), "apply", "--server-side", "-f", "-");
        assertThat(managers(kind)).contains("kubectl").doesNotContain("client-side");
        assertThat(run("apply", "view-last-applied", kind + "/moved")).containsPattern(": \"?3");

        assertThat(done(moving(kind, 4), "apply", "-f", "-")).contains("configured");
        assertThat(run("get", kind, "moved", "-o", "jsonpath={.spec.arms}{.data.number}"))
            .isEqualTo("4");
        assertThat(done(moving(kind, 4), "apply", "-f", "-")).contains("unchanged");
      }
    }

    private String managers(String kind) {
      return run(
          "get",
          kind,
          "moved",
          "--show-managed-fields",
          "-o",
          "jsonpath={.metadata.managedFields[*].manager}");
    }

    private static String moving(String kind, int number) {
      return kind.equals("robot")
          ? robot("moved", "arms: " + number)
          : """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: moved}
          data: {number: "%d"}
          """
              .formatted(number);
    }

    private void haveALastAppliedConfiguration() {
      done(robot("last", "arms: 1"), "create", "--save-config", "-f", "-");
      assertThat(run("apply", "view-last-applied", "robot/last")).contains("arms: 1");

      editor("s/arms: 1/arms: 7/").run(here("apply", "edit-last-applied", "robot/last"));
      assertThat(run("apply", "view-last-applied", "robot/last")).contains("arms: 7");
      assertThat(field("last", ".spec.arms")).isEqualTo("1");
      done(robot("last", "arms: 2"), "apply", "set-last-applied", "-f", "-");
      assertThat(run("apply", "view-last-applied", "robot/last")).contains("arms: 2");
    }

    /// An editor that carries out a command of sed.
    private Program editor(String command) {
      return kubectl.with("KUBE_EDITOR", "sed -i '" + command + "'");
    }

    private void areChangedInOtherWays() {
      run("label", "robot/last", "room=hall");
      run("annotate", "robot/last", "note=new");
      editor("s/arms: 1/arms: 3/").run(here("edit", "robot/last"));
      done(robot("last", "arms: 5"), "replace", "-f", "-");
      run(
          "patch",
          "robot/last",
          "--type=merge",
          "-p",
          "{\"spec\":{\"tools\":[{\"name\":\"saw\"}]}}");
      run(
          "patch",
          "robot/last",
          "--type=json",
          "-p",
          "[{\"op\":\"add\",\"path\":\"/spec/tools/0/size\",\"value\":8}]");

      assertThat(field("last", ".spec"))
          .isEqualTo("{\"arms\":5,\"tools\":[{\"name\":\"saw\",\"size\":8}]}");
      assertThat(field("last", ".metadata.managedFields[*].manager"))
          .contains("kubectl-replace", "kubectl-patch");
      var strategic = kubectl.fail(here("patch", "robot/last", "-p", "{\"spec\":{\"arms\":1}}"));
      assertThat(strategic).contains("strategic-merge-patch+json is not supported");
    }

    private void haveSubresources() {
      run("scale", "robot/last", "--replicas=3");
      run(
          "patch",
          "robot/last",
          "--subresource=status",
          "--type=merge",
          "-p",
          "{\"status\":{\"mood\":\"fine\",\"replicas\":3},\"spec\":{\"arms\":9}}");
      run(
          "patch",
          "robot/last",
          "--subresource=scale",
          "--type=merge",
          "-p",
          "{\"spec\":{\"replicas\":4}}");
      editor("s/fine/sad/").run(here("edit", "robot/last", "--subresource=status"));

      assertThat(
              run(
                  "get",
                  "robot",
                  "last",
                  "--subresource=scale",
                  "-o",
                  "jsonpath={.status.replicas}"))
          .isEqualTo("3");
      assertThat(field("last", "['spec.arms','spec.replicas','status.mood']")).isEqualTo("5 4 sad");
      assertThat(field("last", ".metadata.managedFields[?(@.subresource)].subresource").split(" "))
          .containsExactlyInAnyOrder("status", "scale", "status");
      run("wait", "robot/last", "--for=jsonpath={.status.mood}=sad", "--timeout=10s");
      assertThat(run("get", "all")).contains("robot.kubectl.example.com/last", "ARMS");
    }

    private void areExplained() {
      assertThat(kubectl.run("explain", "robot.spec"))
          .contains("What it is to be.", "arms\t<integer> -required-", "tools\t<[]Object>");
      assertThat(kubectl.run("explain", "robot.spec", "--recursive"))
          .contains("    name\t<string> -required-");
      assertThat(kubectl.run("explain", "robot.spec.tools", "--output=plaintext-openapiv2"))
          .contains("What it works with.", "name\t<string> -required-");
      assertThat(kubectl.run("explain", "deployment.spec.replicas")).contains("replicas <integer>");
    }

    private void areHeldAgainstTheirSchema() {
      var more = robot("wrong", "arms: 2, legs: 2");
      assertThat(given(more, "apply", "--server-side", "-f", "-").err())
          .contains(".spec.legs: field not declared in schema");
      assertThat(given(more, "apply", "-f", "-").err())
          .contains("strict decoding error: unknown field \"spec.legs\"");
      assertThat(given(more, "apply", "--validate=warn", "-f", "-"))
          .isEqualTo(
              new Program.Output(
                  0,
                  "robot.kubectl.example.com/wrong created\n",
                  "Warning: unknown field \"spec.legs\"\n"));
      assertThat(given(robot("none", "arms: two"), "apply", "-f", "-").err())
          .contains(
              "spec.arms: Invalid value: \"string\": spec.arms in body must be of type integer");
      run("delete", "robots", "--all");
      assertThat(run("get", "robots", "-o", "name")).isEmpty();
    }
  }
}
