package dev.troupe.testkit.load.object;

import dev.troupe.testkit.audit.ClientHistory;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.ApiCalls;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// A client that scales a deployment, and rolls it, so that controllers have work: with each change
/// they make or end pods. What it recognizes a change by is how long the deployment may take, which
/// is another one each time, and its generation: controllers write neither. For one thread.
public final class DeploymentClient {

  private static final String DEADLINE = "progressDeadlineSeconds";
  private static final String ROLL = "troupe.dev/roll";

  /// Nothing takes as long.
  private static final int LONG = 1_000;

  private static final int MOST_REPLICAS = 3;

  private final ApiCalls api;
  private final ObjectRecorder recorder;
  private final IntSupplier numbers;
  private final String deployments;
  private final String name;
  private int changes;

  /// @param history of this deployment alone
  /// @param nanos a clock that only rises
  /// @param numbers each different from all others
  public DeploymentClient(
      ApiCalls api,
      ClientHistory history,
      LongSupplier nanos,
      IntSupplier numbers,
      String namespace,
      String name) {
    this.api = api;
    this.recorder =
        new ObjectRecorder(
            history,
            nanos,
            deployment -> deployment.path("spec").path(DEADLINE).asString(""),
            deployment -> deployment.path("metadata").path("generation").asLong(0));
    this.numbers = numbers;
    this.deployments = "/apis/apps/v1/namespaces/%s/deployments".formatted(namespace);
    this.name = name;
  }

  /// Makes the deployment.
  ///
  /// @throws IllegalStateException if it is not made
  public void create() {
    int number = LONG + numbers.getAsInt();
    var done =
        recorder.send(
            Kind.CREATE,
            name,
            Integer.toString(number),
            0,
            () -> api.post(deployments, body(number)));
    if (done.outcome() != Outcome.DONE) {
      throw new IllegalStateException("the load cannot begin: deployment " + name + ": " + done);
    }
  }

  /// Scales it, or rolls it if it was scaled before.
  public void change() {
    int number = LONG + numbers.getAsInt();
    var change = Api.JSON.createObjectNode();
    var spec = change.putObject("spec").put(DEADLINE, number);
    if (changes % 2 == 0) {
      spec.put("replicas", replicas());
    } else {
      spec.putObject("template")
          .putObject("metadata")
          .putObject("annotations")
          .put(ROLL, Integer.toString(number));
    }
    changes++;
    var _ =
        recorder.send(
            Kind.PATCH,
            name,
            Integer.toString(number),
            0,
            () -> api.patch(path(), change.toString()));
  }

  /// One that was just made has one.
  private int replicas() {
    return (changes / 2 + 1) % MOST_REPLICAS + 1;
  }

  public void read() {
    var _ = recorder.send(Kind.GET, name, "", 0, () -> api.get(path()));
  }

  private String path() {
    return deployments + "/" + name;
  }

  private String body(int number) {
    var deployment =
        Api.JSON.createObjectNode().put("apiVersion", "apps/v1").put("kind", "Deployment");
    deployment.putObject("metadata").put("name", name);
    var spec = deployment.putObject("spec").put("replicas", 1).put(DEADLINE, number);
    spec.putObject("selector").putObject("matchLabels").put("app", name);
    var template = spec.putObject("template");
    template.putObject("metadata").putObject("labels").put("app", name);
    template
        .putObject("spec")
        .putArray("containers")
        .addObject()
        .put("name", "main")
        .put("image", "load:1");
    return deployment.toString();
  }
}
