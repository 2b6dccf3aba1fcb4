package dev.troupe.resources.mutation.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationResult;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// What holds of server-side apply whatever is applied: to pods with labels, finalizers, containers
/// and their variables, by several appliers.
class OwnershipPropertyTest {

  private static final Given.Request POD = Given.request("pods", "v1");
  private static final int RUNS = 300;

  private static ObjectNode pod(Random random, String own) {
    return pod(random, own, 2);
  }

  /// A pod with some of the items that an applier may have.
  ///
  /// @param values how many different ones a label may have
  private static ObjectNode pod(Random random, String own, int values) {
    var pod = Given.object("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web'}}");
    var metadata = pod.withObjectProperty("metadata");
    for (int i = 0; i < 3; i++) {
      if (random.nextBoolean()) {
        metadata.withObjectProperty("labels").put(own + i, "v" + random.nextInt(values));
      }
      if (random.nextInt(3) == 0) {
        metadata.withArrayProperty("finalizers").add("example.com/" + own + i);
      }
    }
    var containers = pod.withObjectProperty("spec").putArray("containers");
    var main = containers.addObject().put("name", "main").put("image", "i");
    for (int i = 0; i < 3; i++) {
      if (random.nextBoolean()) {
        main.withArrayProperty("env").addObject().put("name", own + i).put("value", "v");
      }
    }
    return pod;
  }

  private static MutationResult result(
      String manager, @Nullable ObjectNode current, ObjectNode pod, boolean force) {
    return POD.as(manager).apply(current, new Mutation.Apply(pod, force));
  }

  private static ObjectNode apply(String manager, @Nullable ObjectNode current, ObjectNode pod) {
    return switch (result(manager, current, pod, true)) {
      case MutationResult.Unchanged(var same, _) -> same;
      case MutationResult.Refused(var refusal) -> throw new AssertionError(refusal.message());
      case MutationResult.Stored stored -> Given.storeOwned(stored);
      case MutationResult.Removed removed -> throw new AssertionError(removed.toString());
    };
  }

  private static Set<String> labelsAndMore(ObjectNode pod) {
    var all = new HashSet<String>();
    Json.entries(pod.path("metadata"), "labels").forEach(label -> all.add(label.toString()));
    all.addAll(Json.strings(pod.path("metadata"), "finalizers"));
    pod.at("/spec/containers/0/env").forEach(variable -> all.add("env " + variable));
    return all;
  }

  /// Pods may not change most of what they have, so that only what may is looked at afterwards.
  private static ObjectNode withoutVariables(ObjectNode pod) {
    ((ObjectNode) pod.at("/spec/containers/0")).remove("env");
    return pod;
  }

  @Test
  void applyingTheSameAgainChangesNothing() {
    var random = new Random(1);
    for (int i = 0; i < RUNS; i++) {
      var pod = pod(random, "a");
      var once = apply("a", apply("b", null, pod(random, "b").deepCopy()), withoutVariables(pod));

      assertThat(result("a", once, pod, false)).isInstanceOf(MutationResult.Unchanged.class);
    }
  }

  @Test
  void appliersOfDifferentFieldsDoNotMindTheOrder() {
    var random = new Random(2);
    for (int i = 0; i < RUNS; i++) {
      var base = withoutVariables(pod(random, "x"));
      var a = withoutVariables(pod(random, "a"));
      var b = withoutVariables(pod(random, "b"));
      var start = apply("base", null, base);

      var one = apply("b", apply("a", start, a), b);
      var other = apply("a", apply("b", start, b), a);

      assertThat(labelsAndMore(one)).isEqualTo(labelsAndMore(other));
      assertThat(one.at("/metadata/managedFields")).isEqualTo(other.at("/metadata/managedFields"));
    }
  }

  @Test
  void whatIsThereIsWhatSomebodyStillApplies() {
    var random = new Random(3);
    for (int i = 0; i < RUNS; i++) {
      var wanted = new HashMap<String, ObjectNode>();
      ObjectNode live = null;
      for (int step = 0; step < 6; step++) {
        var manager = List.of("a", "b", "c").get(random.nextInt(3));
        var pod = withoutVariables(pod(random, List.of("x", "y").get(random.nextInt(2)), 1));
        live = apply(manager, live, pod);
        wanted.put(manager, pod);

        var expected = new HashSet<String>();
        wanted.values().forEach(one -> expected.addAll(keys(one)));
        assertThat(keys(live)).isEqualTo(expected);
        assertThat(labelsAndMore(live)).containsAll(labelsAndMore(pod));
      }
    }
  }

  private static Set<String> keys(ObjectNode pod) {
    var keys = new HashSet<String>();
    Json.entries(pod.path("metadata"), "labels").forEach(label -> keys.add(label.getKey()));
    keys.addAll(Json.strings(pod.path("metadata"), "finalizers"));
    return keys;
  }

  @Test
  void anUpdateThatWritesWhatWouldBeAppliedLeavesNothingToApply() {
    var random = new Random(4);
    for (int i = 0; i < RUNS; i++) {
      var live = apply("a", null, pod(random, "a"));
      var label = Given.object("{'metadata':{'labels':{'new':'v'}}}");
      var updated =
          Given.storeOwned(
              POD.as("u").apply(live, new Mutation.Patch(Mutation.PatchType.MERGE, label)));
      var same = Given.object("{'apiVersion':'v1','kind':'Pod','metadata':{'labels':{'new':'v'}}}");
      var other =
          Given.object("{'apiVersion':'v1','kind':'Pod','metadata':{'labels':{'new':'w'}}}");

      assertThat(labelsAndMore(apply("b", updated, same))).isEqualTo(labelsAndMore(updated));
      assertThat(Given.refusal(result("b", updated, other, false)).code()).isEqualTo(409);
    }
  }
}
