package dev.troupe.persistence.postgresql.lane;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.postgresql.lane.LaneTask.Append;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which groups share a statement: the next ones, as long as none depends on whether another of
/// them is stored.
public final class BatchRules {

  private record Resource(PartitionId partition, ResourceKey key) {}

  private record Fact(PartitionId partition, String name) {}

  /// Only one event can have it.
  private record Version(TypeRef collection, long number) {}

  private final int mostGroups;
  private final int mostBytes;

  public BatchRules(int mostGroups, int mostBytes) {
    this.mostGroups = mostGroups;
    this.mostBytes = mostBytes;
  }

  /// The beginning of what waits, at least one.
  public List<Append> next(List<? extends LaneTask> waiting) {
    var batch = new ArrayList<Append>();
    var resources = new HashSet<Resource>();
    var versions = new HashSet<Version>();
    var facts = new HashSet<Fact>();
    long bytes = 0;
    for (var next : waiting) {
      if (!(next instanceof Append append) || batch.size() == mostGroups) {
        break;
      }
      bytes += bytes(append.group());
      if (!batch.isEmpty()
          && (bytes > mostBytes || isRelated(append.group(), resources, versions, facts))) {
        break;
      }
      for (var event : append.group().events()) {
        resources.add(resource(event));
        versions.add(version(event));
      }
      append
          .group()
          .facts()
          .keySet()
          .forEach(name -> facts.add(new Fact(append.group().partition(), name)));
      batch.add(append);
    }
    return batch;
  }

  private static boolean isRelated(
      Group group, Set<Resource> resources, Set<Version> versions, Set<Fact> facts) {
    return group.events().stream()
            .anyMatch(
                event -> resources.contains(resource(event)) || versions.contains(version(event)))
        || group.facts().keySet().stream()
            .anyMatch(name -> facts.contains(new Fact(group.partition(), name)));
  }

  private static Resource resource(EventRecord event) {
    return new Resource(event.partition(), event.key());
  }

  private static Version version(EventRecord event) {
    return new Version(event.partition().collection(), event.version());
  }

  private static long bytes(Group group) {
    long bytes = 0;
    for (var event : group.events()) {
      bytes += event.body().length;
    }
    return bytes;
  }

  /// Whether the events of a group follow each other: no version twice, and those of one resource
  /// in their order. Whether the first of each follows what is stored is the database's to say.
  static boolean isOrdered(Group group) {
    if (group.events().size() == 1) {
      return true;
    }
    var versions = new HashSet<Long>();
    var newest = new HashMap<ResourceKey, EventRecord>();
    for (var event : group.events()) {
      var before = newest.put(event.key(), event);
      if (!versions.add(event.version()) || (before != null && !follows(before, event))) {
        return false;
      }
    }
    return true;
  }

  private static boolean follows(EventRecord before, EventRecord event) {
    boolean again =
        before.type() == EventRecord.Type.DELETED
            && event.type() == EventRecord.Type.CREATED
            && event.sequence() == 1;
    return event.version() > before.version() && (again || event.sequence() > before.sequence());
  }
}
