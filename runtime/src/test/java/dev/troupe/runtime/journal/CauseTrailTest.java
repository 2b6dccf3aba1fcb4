package dev.troupe.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.journal.CauseTrail.End;
import dev.troupe.runtime.journal.CauseTrail.FollowedTrail;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.WriteCause;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CauseTrailTest {

  private final Told deployment = new Told(Told.key("deployments", "web"));
  private final Told set = new Told(Told.key("replicasets", "web-1"));
  private final Told pod = new Told(Told.key("pods", "web-1-a"));

  private FollowedTrail trail(ResourceKey key, long version) {
    var logs =
        Stream.of(deployment, set, pod).collect(Collectors.toMap(Told::key, Told::newestFirst));
    return new CauseTrail(journal(logs)).of(key, version).toCompletableFuture().join();
  }

  private static Journal journal(Map<ResourceKey, List<EventRecord>> logs) {
    return new KeptJournal(logs, Map.of());
  }

  private static WriteCause by(String controller, Told subject, long version) {
    return WriteCause.controller(controller, "changed", subject.key(), version);
  }

  private static List<String> steps(FollowedTrail trail) {
    return trail.steps().stream().map(step -> step.key().name() + "@" + step.version()).toList();
  }

  @Test
  void aPodLeadsToWhoHasScaledItsDeployment() {
    deployment.wrote(
        EventRecord.Type.CREATED, 1, WriteCause.user("ada", "kubectl", "create"), "{}");
    set.wrote(EventRecord.Type.CREATED, 2, by("deployment", deployment, 1), "{}");
    deployment.wrote(EventRecord.Type.UPDATED, 3, by("deployment", deployment, 1), "{}");
    deployment.wrote(EventRecord.Type.UPDATED, 4, WriteCause.user("bob", "kubectl", "patch"), "{}");
    deployment.wrote(EventRecord.Type.UPDATED, 5, by("deployment", deployment, 3), "{}");
    set.wrote(EventRecord.Type.UPDATED, 6, by("deployment", deployment, 5), "{}");
    set.wrote(EventRecord.Type.UPDATED, 7, by("replicaset", set, 6), "{}");
    pod.wrote(EventRecord.Type.CREATED, 8, by("replicaset", set, 7), "{}");
    deployment.wrote(EventRecord.Type.UPDATED, 9, WriteCause.user("cyd", "kubectl", "patch"), "{}");

    var trail = trail(pod.key(), Long.MAX_VALUE);

    assertThat(steps(trail)).containsExactly("web-1-a@8", "web-1@6", "web@4");
    assertThat(trail.end()).isEqualTo(End.PERSON);
  }

  @Test
  void theChangeThatIsAskedForIsToldWhateverItIs() {
    deployment.wrote(
        EventRecord.Type.CREATED, 1, WriteCause.user("ada", "kubectl", "create"), "{}");
    deployment.wrote(EventRecord.Type.UPDATED, 2, by("deployment", deployment, 1), "{}");
    deployment.wrote(EventRecord.Type.UPDATED, 3, WriteCause.user("bob", "kubectl", "patch"), "{}");

    assertThat(steps(trail(deployment.key(), 2))).containsExactly("web@2", "web@1");
  }

  @Test
  void trailsEndWhereNobodyIsBehindOrNothingIsKept() {
    set.wrote(EventRecord.Type.CREATED, 2, by("deployment", deployment, 1), "{}");
    pod.wrote(EventRecord.Type.CREATED, 3, WriteCause.platform("namespace", "sweep"), "{}");

    assertThat(trail(set.key(), 9)).isEqualTo(new FollowedTrail(set.newestFirst(), End.FORGOTTEN));
    assertThat(trail(pod.key(), 9).end()).isEqualTo(End.PLATFORM);
    assertThat(trail(pod.key(), 1)).isEqualTo(new FollowedTrail(List.of(), End.FORGOTTEN));
  }

  /// As when one that is made for another is what that was made for, by mistake.
  @Test
  void trailsDoNotTurnInCircles() {
    for (long version = 1; version < 400; version += 2) {
      set.wrote(EventRecord.Type.UPDATED, version, by("one", deployment, version - 1), "{}");
      deployment.wrote(EventRecord.Type.UPDATED, version + 1, by("other", set, version), "{}");
    }

    var trail = trail(set.key(), Long.MAX_VALUE);

    assertThat(trail.end()).isEqualTo(End.TOO_LONG);
    assertThat(trail.steps()).hasSize(64);
  }
}
