package dev.troupe.testkit.experiment.witness;

import dev.troupe.testkit.experiment.witness.RunWitnesses.Patience;
import dev.troupe.testkit.experiment.witness.Testimony.MemberSize;
import dev.troupe.testkit.process.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Those who look on, in front of a [SmallServer] that has some families and a deployment.
public final class WitnessScene {

  private static final int FAMILIES = 8;
  private static final int PODS = 2;
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(1), Duration.ofMillis(300));

  private static final String DEPLOYMENT =
      """
      {"metadata": {"namespace": "shop", "name": "web", "generation": 1}, "spec": {"replicas": 2},
       "status": {"observedGeneration": 1, "replicas": 2, "updatedReplicas": 2}}
      """;

  private WitnessScene() {}

  /// What they have to say.
  public static Testimony play(@Nullable WitnessBug bug) throws InterruptedException {
    var server = new SmallServer(bug);
    try (var witnesses =
        new RunWitnesses(
            List.of(server, server), Map::of, System::nanoTime, Duration.ofMillis(2))) {
      witnesses.awaitLists();
      deploy(server, bug);
      server.awaitReleased(FAMILIES);
      return witnesses.end(PATIENCE, true);
    }
  }

  private static void deploy(SmallServer server, @Nullable WitnessBug bug) {
    var deployment = server.put("deployments", object(DEPLOYMENT));
    int sets = bug == WitnessBug.MAKE_A_REPLICA_SET_TWICE ? 2 : 1;
    ObjectNode set = deployment;
    for (int i = 0; i < sets; i++) {
      set =
          server.put(
              "replicasets",
              owned(
                  "web-" + i,
                  deployment,
                  "{\"pod-template-hash\": \"5d\"}",
                  "{\"replicas\": %d}".formatted(PODS)));
    }
    int pods =
        bug == WitnessBug.MAKE_A_POD_TWICE
            ? PODS + 1
            : bug == WitnessBug.LEAVE_A_POD_OUT ? PODS - 1 : PODS;
    for (int i = 0; i < pods; i++) {
      server.put("pods", owned("web-0-" + i, set, "{}", "{}"));
    }
  }

  private static ObjectNode owned(String name, ObjectNode owner, String labels, String spec) {
    return object(
        """
        {"metadata": {"namespace": "shop", "name": "%s", "labels": %s,
          "ownerReferences": [{"uid": "%s"}]}, "spec": %s}
        """
            .formatted(name, labels, owner.path("metadata").path("uid").asString(), spec));
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) Api.JSON.readTree(text);
  }

  /// What a member has held for some minutes.
  ///
  /// @param more threads each time
  public static List<MemberSize> sizes(long more) {
    var sizes = new ArrayList<MemberSize>();
    for (int i = 0; i < 100; i++) {
      sizes.add(
          new MemberSize(
              "m1",
              4711,
              i * Duration.ofSeconds(2).toNanos(),
              400_000 + i % 7 * 1_000,
              60 + i % 3 + more * i,
              200 + i % 5));
    }
    return sizes;
  }
}
