package dev.troupe.testkit.history;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Holds a history against the log: whether the invariants of the design have been kept. Shares
/// nothing with the code that it checks but the records.
public final class Checker {

  private final List<EventRecord> log;
  private final NavigableMap<Long, EventRecord> byVersion = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();

  private Checker(List<EventRecord> log) {
    this.log = log;
  }

  /// @param log of one collection, in the order in which it was stored
  /// @return what is wrong; empty if nothing is
  public static List<String> check(History history, List<EventRecord> log) {
    var checker = new Checker(log);
    checker.versionsAreUnique();
    checker.epochsDoNotMix();
    checker.resourcesHaveOneLine();
    checker.acknowledgedWritesAreStored(history.answers());
    checker.answersAreTrueWhenGiven(history.answers());
    checker.laterWritesComeLater(history.answers());
    checker.repeatedKeysStoreOnce();
    checker.statesAreFolds(history.reads());
    checker.readsAreFresh(history);
    checker.watchesAreComplete(history.watches().values());
    return checker.violations;
  }

  private void versionsAreUnique() {
    for (var event : log) {
      if (byVersion.put(event.version(), event) != null) {
        violations.add("version stored twice: " + event);
      }
    }
  }

  private void epochsDoNotMix() {
    var epochs = new HashMap<PartitionId, Long>();
    for (var event : log) {
      long before = epochs.merge(event.partition(), event.epoch(), Math::max);
      if (before > event.epoch()) {
        violations.add("stored after epoch " + before + " began: " + event);
      }
    }
  }

  /// Each event continues from the one before it: of those decided on the same state, one is
  /// stored.
  private void resourcesHaveOneLine() {
    var newest = new HashMap<ResourceKey, EventRecord>();
    for (var event : byVersion.values()) {
      var before = newest.put(event.key(), event);
      boolean lived = before != null && before.type() != EventRecord.Type.DELETED;
      long expected = lived && before != null ? before.version() : 0;
      if (event.previousVersion() != expected) {
        violations.add(event + " continues " + event.previousVersion() + ", not " + before);
      }
      if (lived == (event.type() == EventRecord.Type.CREATED)) {
        violations.add(event + " cannot follow " + before);
      }
    }
  }

  private void acknowledgedWritesAreStored(List<History.Answered> answers) {
    var owners = new HashMap<Long, History.Answered>();
    for (var answer : answers) {
      long version = answer.stored();
      if (version == 0) {
        continue;
      }
      var event = byVersion.get(version);
      if (event == null
          || !event.key().equals(answer.key())
          || !Arrays.equals(event.body(), body(answer.reply()))) {
        violations.add("acknowledged and not stored: " + answer.key() + "@" + version);
      }
      var other = owners.put(version, answer);
      if (other != null && answer.request().mutationKey().isEmpty()) {
        violations.add("acknowledged twice: " + answer.key() + "@" + version);
      }
    }
  }

  /// Whatever an answer was decided on can be read when it is given.
  private void answersAreTrueWhenGiven(List<History.Answered> answers) {
    for (var answer : answers) {
      long decidedOn =
          switch (answer.reply()) {
            case WriteReply.Written written -> written.version();
            case WriteReply.Removed removed -> removed.version();
            case WriteReply.Refused _ -> 0;
          };
      if (decidedOn > answer.readable()) {
        violations.add(
            "answered ahead of the index: "
                + answer.key()
                + "@"
                + decidedOn
                + " while "
                + answer.readable()
                + " could be read");
      }
    }
  }

  private void laterWritesComeLater(List<History.Answered> answers) {
    var byKey =
        answers.stream()
            .filter(answer -> answer.stored() != 0 && answer.request().mutationKey().isEmpty())
            .collect(Collectors.groupingBy(History.Answered::key));
    byKey.values().forEach(this::writesComeLater);
  }

  /// @param answers of one resource, in the order in which they were given
  private void writesComeLater(List<History.Answered> answers) {
    var acknowledged = highestByTime(answers);
    for (var answer : answers) {
      var before = acknowledged.lowerEntry(answer.askedAt());
      if (before != null && before.getValue() >= answer.stored()) {
        violations.add(
            "went back: " + answer.key() + "@" + before.getValue() + ", then " + answer.stored());
      }
    }
  }

  /// The highest version that had been acknowledged at each moment.
  private static NavigableMap<Long, Long> highestByTime(List<History.Answered> answers) {
    var result = new TreeMap<Long, Long>();
    long highest = 0;
    for (var answer : answers) {
      highest = Math.max(highest, answer.stored());
      result.put(answer.answeredAt(), highest);
    }
    return result;
  }

  private void repeatedKeysStoreOnce() {
    var keys = new HashMap<String, EventRecord>();
    for (var event : log) {
      if (!event.mutationKey().isEmpty()) {
        var first = keys.put(event.key() + " " + event.mutationKey(), event);
        if (first != null) {
          violations.add("stored twice under one key: " + first + " and " + event);
        }
      }
    }
  }

  /// A state at a version is what the events up to it add up to: so nothing came later that is at
  /// or below it, and the states of several partitions at one version are one state of all.
  private void statesAreFolds(List<History.Read> reads) {
    for (var read : reads) {
      var expected = fold(read.partition(), read.version());
      var actual = new TreeMap<String, Long>();
      read.snapshot()
          .iterate(null, null)
          .forEachRemaining(resource -> actual.put(resource.key().path(), resource.version()));
      if (!expected.equals(actual)) {
        violations.add(
            "state of "
                + read.partition()
                + " at "
                + read.version()
                + " is "
                + actual
                + ", the log says "
                + expected);
      }
    }
  }

  private Map<String, Long> fold(PartitionId partition, long version) {
    var state = new TreeMap<String, Long>();
    for (var event : byVersion.headMap(version, true).values()) {
      if (event.partition().equals(partition)) {
        if (event.type() == EventRecord.Type.DELETED) {
          state.remove(event.key().path());
        } else {
          state.put(event.key().path(), event.version());
        }
      }
    }
    return state;
  }

  private void readsAreFresh(History history) {
    var byPartition =
        history.answers().stream()
            .filter(answer -> byVersion.containsKey(answer.stored()))
            .collect(Collectors.groupingBy(this::partition));
    var acknowledged = new HashMap<PartitionId, NavigableMap<Long, Long>>();
    byPartition.forEach((id, answers) -> acknowledged.put(id, highestByTime(answers)));
    for (var read : history.reads()) {
      var before =
          acknowledged.getOrDefault(read.partition(), new TreeMap<>()).lowerEntry(read.askedAt());
      if (before != null && before.getValue() > read.snapshot().version()) {
        violations.add(
            "read "
                + read.snapshot().version()
                + " after "
                + before.getValue()
                + " was acknowledged");
      }
    }
  }

  private PartitionId partition(History.Answered answer) {
    var event = byVersion.get(answer.stored());
    if (event == null) {
      throw new IllegalArgumentException("not stored: " + answer);
    }
    return event.partition();
  }

  private void watchesAreComplete(Collection<History.Watched> watches) {
    for (var watch : watches) {
      var seen = new ArrayList<Long>();
      long last = watch.after();
      for (var item : watch.items()) {
        boolean isChange = item instanceof WatchItem.Changed;
        if (item.version() < last || (isChange && item.version() == last)) {
          violations.add("watch goes back from " + last + " to " + item);
        }
        last = item.version();
        if (item instanceof WatchItem.Changed change) {
          seen.add(change.version());
          typeIsRight(change);
        }
      }
      var expected =
          byVersion
              .subMap(watch.after(), false, Math.max(last, watch.after()), true)
              .values()
              .stream()
              .filter(event -> watch.partitions().contains(event.partition()))
              .map(EventRecord::version)
              .toList();
      if (!expected.equals(seen)) {
        violations.add(
            "watch after " + watch.after() + " saw " + seen + ", the log says " + expected);
      }
    }
  }

  private void typeIsRight(WatchItem.Changed change) {
    var event = byVersion.get(change.version());
    var expected =
        event == null
            ? null
            : switch (event.type()) {
              case CREATED -> WatchItem.Type.ADDED;
              case UPDATED -> WatchItem.Type.MODIFIED;
              case DELETED -> WatchItem.Type.DELETED;
            };
    if (change.type() != expected) {
      violations.add("watch shows " + change + " for " + event);
    }
  }

  private static byte[] body(WriteReply reply) {
    return switch (reply) {
      case WriteReply.Written written -> written.json();
      case WriteReply.Removed removed -> removed.json();
      case WriteReply.Refused _ -> new byte[0];
    };
  }
}
