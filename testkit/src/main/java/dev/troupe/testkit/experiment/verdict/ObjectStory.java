package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.audit.Observation;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Listed;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All that was done to one object, and all that was seen of it.
final class ObjectStory {

  private final List<Operation> writes = new ArrayList<>();
  private final List<ObjectLook> looks = new ArrayList<>();

  /// Of deletions that may have taken effect: the latest end of those that began by then.
  private final TreeMap<Long, Long> deletions = new TreeMap<>();

  /// By name, of all that anybody has written.
  static Map<String, ObjectStory> all(List<Observation> entries) {
    var stories = new TreeMap<String, ObjectStory>();
    for (var entry : entries) {
      if (entry instanceof Operation operation) {
        stories.computeIfAbsent(operation.key(), _ -> new ObjectStory()).add(operation);
      }
    }
    for (var entry : entries) {
      if (entry instanceof Listed list) {
        stories.forEach((key, story) -> story.looks.add(ObjectLook.of(list, key)));
      }
    }
    stories.values().forEach(ObjectStory::close);
    return stories;
  }

  private void add(Operation operation) {
    if (operation.kind() == Kind.GET) {
      ObjectLook.of(operation).ifPresent(looks::add);
    } else {
      writes.add(operation);
    }
  }

  private void close() {
    looks.sort(Comparator.comparingLong(ObjectLook::start));
    long latest = Long.MIN_VALUE;
    for (var deletion :
        writes.stream()
            .filter(write -> write.kind() == Kind.DELETE && write.outcome() != Outcome.REFUSED)
            .sorted(Comparator.comparingLong(Operation::start))
            .toList()) {
      latest = Math.max(latest, deletion.end());
      deletions.put(deletion.start(), latest);
    }
  }

  List<Operation> writes() {
    return writes;
  }

  /// In the order in which they were asked for.
  List<ObjectLook> looks() {
    return looks;
  }

  /// Whether it can have been deleted behind something that was begun at one time and was over, for
  /// whoever looked until another.
  boolean mayBeGone(long since, long until) {
    var before = deletions.lowerEntry(until);
    return before != null && before.getValue() > since;
  }

  /// Those that were answered with a version, in the order of their answers.
  List<Operation> acknowledged() {
    return writes.stream()
        .filter(write -> write.outcome() == Outcome.DONE && write.kind() != Kind.DELETE)
        .filter(write -> write.version() != 0)
        .sorted(Comparator.comparingLong(Operation::end))
        .toList();
  }

  /// Finds the newest of what was acknowledged before a moment.
  static Acknowledged newest(List<Operation> acknowledged) {
    var byEnd = new TreeMap<Long, Operation>();
    Operation highest = null;
    for (var write : acknowledged) {
      highest = highest == null || write.version() > highest.version() ? write : highest;
      byEnd.put(write.end(), highest);
    }
    return moment -> Optional.ofNullable(byEnd.lowerEntry(moment)).map(Map.Entry::getValue);
  }

  /// What was acknowledged of an object, over time.
  interface Acknowledged {

    /// The newest; empty if nothing was.
    Optional<Operation> before(long moment);
  }
}
