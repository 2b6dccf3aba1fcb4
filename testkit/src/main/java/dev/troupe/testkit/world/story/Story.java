package dev.troupe.testkit.world.story;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.state.PendingCauses;
import dev.troupe.runtime.controller.plan.PlanWords;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.WriteCause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What has happened in a world, for whoever has to find out why it is not as expected: who wrote
/// what, who decided what and why, which activities were carried out, who crashed.
public final class Story {

  private static final int MOST_KEPT = 20_000;
  private static final int MOST_TOLD = 60;
  private static final int MOST_FIELDS = 8;

  /// How many lines are told of what was before a moment.
  private static final int BEFORE = 15;

  private static final List<String> BESIDE_THE_POINT =
      List.of("resourceVersion", "managedFields", "generation", "uid", "creationTimestamp");

  /// @param about the objects that it concerns; all if empty
  private record Happening(Instant at, String who, Set<ResourceKey> about, Supplier<String> what) {}

  private final InstantSource time;
  private final Instant beginning;
  private final Function<ResourceKey, String> names;
  private final ArrayDeque<Happening> happenings = new ArrayDeque<>();
  private long forgotten;

  /// @param names how people call an object
  public Story(InstantSource time, Function<ResourceKey, String> names) {
    this.time = time;
    this.beginning = time.instant();
    this.names = names;
  }

  /// Something that concerns everybody.
  public void happened(String what) {
    add("world", Set.of(), () -> what);
  }

  /// Something that concerns one object.
  public void happened(String who, ResourceKey about, Supplier<String> what) {
    add(who, Set.of(about), what);
  }

  /// @param before null if there was none
  public void wrote(EventRecord event, @Nullable StoredResource before) {
    var cause = event.cause();
    var who = cause.kind() == WriteCause.Kind.USER ? "user " + cause.name() : cause.name();
    var subject = cause.subject();
    var about = subject == null ? Set.of(event.key()) : union(event.key(), subject);
    add(who, about, () -> words(event, before));
  }

  private static Set<ResourceKey> union(ResourceKey one, ResourceKey other) {
    return one.equals(other) ? Set.of(one) : Set.of(one, other);
  }

  private String words(EventRecord event, @Nullable StoredResource before) {
    var name = names.apply(event.key());
    return switch (event.type()) {
      case CREATED -> "creates " + name;
      case DELETED -> "removes " + name;
      case UPDATED -> "changes " + name + ": " + fields(before, event.body());
    };
  }

  private static String fields(@Nullable StoredResource before, byte[] after) {
    var was = before == null ? ControllerJson.empty() : ControllerJson.object(before.json());
    var differences = JsonDifferences.of(plain(was), plain(ControllerJson.object(after)));
    int more = differences.size() - MOST_FIELDS;
    return more <= 0
        ? String.join(", ", differences)
        : String.join(", ", differences.subList(0, MOST_FIELDS)) + " and " + more + " more";
  }

  private static ObjectNode plain(ObjectNode object) {
    if (object.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(BESIDE_THE_POINT);
    }
    return object;
  }

  public void decided(String controller, ResourceKey key, ObjectEffect.Reconcile asked, Plan plan) {
    add(
        controller,
        Set.of(key),
        () -> "decides about " + names.apply(key) + " " + because(asked) + ": " + words(plan));
  }

  /// The controller has thrown.
  public void failed(
      String controller, ResourceKey key, ObjectEffect.Reconcile asked, String thrown) {
    add(
        controller,
        Set.of(key),
        () -> "fails with " + names.apply(key) + " " + because(asked) + ": " + thrown);
  }

  private static String because(ObjectEffect.Reconcile asked) {
    return "(" + PendingCauses.words(asked.cause()) + ")";
  }

  private static String words(Plan plan) {
    var words = new ArrayList<>(PlanWords.of(plan, plan.writes()));
    if (plan.prunes()) {
      words.add("prune");
    }
    plan.events().forEach(note -> words.add("event " + note.reason()));
    plan.waits().forEach(wait -> words.add("wait for " + wait.subject()));
    return words.isEmpty() ? "nothing to do" : String.join("; ", words);
  }

  private void add(String who, Set<ResourceKey> about, Supplier<String> what) {
    if (happenings.size() == MOST_KEPT) {
      happenings.removeFirst();
      forgotten++;
    }
    happenings.addLast(new Happening(time.instant(), who, about, what));
  }

  /// How much has happened until now.
  public long length() {
    return forgotten + happenings.size();
  }

  /// What has happened before and after a moment.
  ///
  /// @param length how much had happened then
  public String tellAround(long length) {
    var lines = new ArrayList<String>();
    lines.add("What has happened before and after:");
    happenings.stream()
        .skip(Math.max(0, length - forgotten - BEFORE))
        .limit(MOST_TOLD)
        .forEach(one -> lines.add(line(one)));
    return String.join("\n", lines);
  }

  /// The newest part of it.
  ///
  /// @param about only what concerns this object; null for everything
  public String tell(@Nullable ResourceKey about) {
    var told =
        happenings.stream()
            .filter(one -> about == null || one.about.isEmpty() || one.about.contains(about))
            .toList();
    int left = Math.max(0, told.size() - MOST_TOLD);
    var lines = new ArrayList<String>();
    lines.add(
        "What has happened"
            + (about == null ? "" : " to " + names.apply(about))
            + (left == 0 ? ":" : " (" + left + " earlier lines are left out):"));
    told.subList(left, told.size()).forEach(one -> lines.add(line(one)));
    return String.join("\n", lines);
  }

  private String line(Happening one) {
    return "  %s  %s %s".formatted(since(one.at), one.who, one.what.get());
  }

  private String since(Instant at) {
    var passed = Duration.between(beginning, at);
    return "%s%02d:%02d:%02d.%03d"
        .formatted(
            passed.toDays() == 0 ? "" : passed.toDays() + "d ",
            passed.toHoursPart(),
            passed.toMinutesPart(),
            passed.toSecondsPart(),
            passed.toMillisPart());
  }
}
