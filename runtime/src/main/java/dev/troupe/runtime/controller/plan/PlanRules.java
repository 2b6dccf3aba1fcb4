package dev.troupe.runtime.controller.plan;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.Plan;
import dev.troupe.api.controller.Plan.Write;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.view.Types;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Whether one plan makes sense as a whole. What does not is said in a sentence that goes on from
/// who planned it for which object.
final class PlanRules {

  private static final int MOST_WRITES = 5_000;
  private static final int MOST_TIMERS = 256;
  private static final int MOST_CALLS = 64;
  private static final int MOST_WAITS = 256;
  private static final int MOST_BYTES = 32 << 20;
  private static final int MIB = 1 << 20;

  private final Types types;
  private final Subject subject;
  private final Map<ResourceKey, List<Write>> byTarget = new HashMap<>();
  private long bytes;

  PlanRules(Types types, Subject subject) {
    this.types = types;
    this.subject = subject;
  }

  /// @throws IllegalArgumentException if the plan makes no sense
  void check(Plan plan) {
    atMost(plan.writes().size(), MOST_WRITES, "writes", "do the rest in the next reconcile");
    atMost(plan.timers().size(), MOST_TIMERS, "timers", "one that fires first is enough");
    atMost(plan.calls().size(), MOST_CALLS, "activities", "call the rest when some are done");
    atMost(plan.waits().size(), MOST_WAITS, "things to wait for", "name the first ones");
    plan.writes().forEach(this::check);
    checkTimers(plan.timers());
    checkCalls(plan);
  }

  private static void atMost(int number, int most, String what, String instead) {
    if (number > most) {
      throw new IllegalArgumentException(
          "it has %d %s, and may have %d: %s".formatted(number, what, most, instead));
    }
  }

  /// Counts what is to be written.
  ///
  /// @throws IllegalArgumentException if it is too much in all
  void weigh(Object written) {
    bytes += size(written);
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "it would write more than %d MiB at once: write less, or the rest in the next reconcile"
              .formatted(MOST_BYTES / MIB));
    }
  }

  private static long size(@Nullable Object value) {
    return switch (value) {
      case null -> Long.BYTES;
      case JsonNode node -> size(node);
      case CharSequence text -> text.length() + 2L;
      case Map<?, ?> map ->
          map.entrySet().stream()
              .mapToLong(entry -> size(entry.getKey()) + size(entry.getValue()) + 2)
              .sum();
      case Collection<?> list -> list.stream().mapToLong(PlanRules::size).sum();
      default -> Long.BYTES;
    };
  }

  private static long size(JsonNode node) {
    if (node.isObject()) {
      long size = 2;
      for (var field : node.properties()) {
        size += field.getKey().length() + size(field.getValue()) + 4;
      }
      return size;
    }
    if (node.isArray()) {
      long size = 2;
      for (var item : node) {
        size += size(item) + 1;
      }
      return size;
    }
    return node.isString() ? node.stringValue().length() + 2L : Long.BYTES;
  }

  private void check(Write write) {
    switch (write) {
      case Write.Own(var object) -> checkChild(object, true);
      case Write.Apply(var object) -> checkChild(object, false);
      case Write.Status _, Write.Patch _, Write.Delete _, Write.Bind _ -> {}
    }
    var target = target(write);
    if (target == null) {
      return;
    }
    var others = byTarget.computeIfAbsent(target, _ -> new ArrayList<>(1));
    for (var other : others) {
      var why = exclusion(other, write);
      if (why != null) {
        throw new IllegalArgumentException(
            "it would %s %s and %s it, %s: plan one of them"
                .formatted(verb(other), target, verb(write), why));
      }
    }
    others.add(write);
  }

  private void checkChild(HasMetadata object, boolean owns) {
    var what = (owns ? "own" : "apply") + " a " + object.getKind();
    var metadata = object.getMetadata();
    if (metadata == null || (isEmpty(metadata.getName()) && isEmpty(metadata.getGenerateName()))) {
      throw new IllegalArgumentException(
          "it would %s without a name: name it after the object, so that it is the same each time"
              .formatted(what));
    }
    var target = PlannedObject.key(object, types, subject);
    boolean namespaced = types.of(target.type()).namespaced();
    if (namespaced && target.namespace().isEmpty()) {
      throw new IllegalArgumentException(
          "it would %s %s without a namespace: give it one".formatted(what, target.name()));
    }
    var home = subject.key().namespace();
    if (owns && !home.isEmpty() && !target.namespace().equals(home)) {
      throw new IllegalArgumentException(
          "it would %s, %s, %s, and an object in a namespace owns only there: apply it, with a finalizer to delete it by"
              .formatted(
                  what,
                  target,
                  namespaced ? "which is in another namespace" : "which is in no namespace"));
    }
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  /// Null for an object whose name is made when it is created.
  private @Nullable ResourceKey target(Write write) {
    return switch (write) {
      case Write.Own(var object) -> named(object);
      case Write.Apply(var object) -> named(object);
      case Write.Status _ -> subject.key();
      case Write.Patch patch -> patch.key();
      case Write.Delete delete -> delete.key();
      case Write.Bind bind -> bind.pod();
    };
  }

  private @Nullable ResourceKey named(HasMetadata object) {
    return isEmpty(object.getMetadata().getName())
        ? null
        : PlannedObject.key(object, types, subject);
  }

  private static String verb(Write write) {
    return switch (write) {
      case Write.Own _ -> "own";
      case Write.Apply _ -> "apply";
      case Write.Status _ -> "write the status of";
      case Write.Patch _ -> "patch";
      case Write.Delete _ -> "delete";
      case Write.Bind _ -> "bind";
    };
  }

  /// Why two writes to one object exclude each other; null if they do not.
  private static @Nullable String exclusion(Write one, Write other) {
    if (isWhole(one) || isWhole(other)) {
      var second = isWhole(one) ? other : one;
      if (isWhole(second)) {
        return "as two objects of one name";
      }
      return second instanceof Write.Delete ? "which exclude each other" : null;
    }
    return switch (one) {
      case Write.Status _ when other instanceof Write.Status -> "twice";
      case Write.Bind(_, _, var node) when other instanceof Write.Bind(_, _, var second) ->
          node.equals(second) ? null : "to two nodes";
      case Write.Delete(_, var uid, _, _, _)
          when other instanceof Write.Delete(_, var second, _, _, _) ->
          Objects.equals(uid, second) ? null : "as two objects";
      case Write.Patch patch when other instanceof Write.Patch second ->
          contradiction(patch, second);
      case Write.Status _, Write.Bind _, Write.Delete _, Write.Patch _ -> null;
      case Write.Own _, Write.Apply _ -> throw new IllegalStateException("that is a whole");
    };
  }

  private static boolean isWhole(Write write) {
    return write instanceof Write.Own || write instanceof Write.Apply;
  }

  private static @Nullable String contradiction(Write.Patch one, Write.Patch other) {
    var field =
        one.subresource().equals(other.subresource())
            ? contradiction(one.patch(), other.patch(), "")
            : null;
    return field == null ? null : "with two values of " + field;
  }

  private static @Nullable String contradiction(Map<?, ?> one, Map<?, ?> other, String path) {
    for (var entry : one.entrySet()) {
      if (!other.containsKey(entry.getKey())) {
        continue;
      }
      var mine = entry.getValue();
      var theirs = other.get(entry.getKey());
      var inside = path + "." + entry.getKey();
      if (mine instanceof Map<?, ?> into && theirs instanceof Map<?, ?> with) {
        var deeper = contradiction(into, with, inside);
        if (deeper != null) {
          return deeper;
        }
      } else if (!Objects.equals(mine, theirs)) {
        return inside;
      }
    }
    return null;
  }

  private static void checkTimers(List<Plan.Timer> timers) {
    var known = new HashMap<String, Plan.Timer>();
    for (var timer : timers) {
      var other = known.putIfAbsent(timer.name(), timer);
      if (other != null && !other.equals(timer)) {
        throw new IllegalArgumentException(
            "it sets the timer %s to %s and to %s: give one another name"
                .formatted(timer.name(), other.after(), timer.after()));
      }
    }
  }

  private static void checkCalls(Plan plan) {
    var known = new HashMap<String, Activity>();
    for (var call : plan.calls()) {
      var other = known.putIfAbsent(name(call), call);
      if (other != null && !other.equals(call)) {
        throw new IllegalArgumentException(
            "it calls two activities %s that differ: give one another id".formatted(name(call)));
      }
    }
    var abandoned = new HashSet<String>();
    plan.abandoned().forEach(call -> abandoned.add(name(call)));
    abandoned.retainAll(known.keySet());
    if (!abandoned.isEmpty()) {
      throw new IllegalArgumentException(
          "it calls the activity %s and abandons it: plan one of them"
              .formatted(abandoned.iterator().next()));
    }
  }

  private static String name(Activity activity) {
    return activity.getClass().getSimpleName() + "/" + activity.id();
  }
}
