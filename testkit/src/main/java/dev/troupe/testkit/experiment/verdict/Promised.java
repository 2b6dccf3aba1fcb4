package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.audit.Observation;
import dev.troupe.testkit.audit.Observation.Kind;
import dev.troupe.testkit.audit.Observation.Operation;
import dev.troupe.testkit.audit.Observation.Outcome;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was answered, held against what was seen afterwards: by versions alone, without a search
/// for an order.
final class Promised {

  private final Map<String, ObjectStory> stories;

  Promised(List<Observation> entries) {
    stories = ObjectStory.all(entries);
  }

  /// @param newer shows that it was there all the same; empty if it is never found again
  private record Old(Operation write, ObjectLook look, Optional<ObjectLook> newer) {}

  /// Acknowledged and not found, neither then nor later; or refused, and found.
  List<Offence> unkept() {
    var offences = new ArrayList<Offence>();
    stories.forEach((key, story) -> {
      for (var old : old(story)) {
        if (old.newer().isEmpty()) {
          offences.add(
              new Offence(
                  key + " was acknowledged at " + old.write().version() + " and is not found again",
                  List.of(old.write().toString(), old.look().shown())));
        }
      }
      refused(key, story, offences);
    });
    return offences;
  }

  /// Older than what was acknowledged before, though that was there all the time.
  List<Offence> past() {
    var offences = new ArrayList<Offence>();
    stories.forEach((key, story) -> {
      for (var old : old(story)) {
        old.newer()
            .ifPresent(newer ->
                offences.add(
                    new Offence(
                        key + " is shown as it was before " + old.write().version(),
                        List.of(old.write().toString(), old.look().shown(), newer.shown()))));
      }
    });
    return offences;
  }

  private static List<Old> old(ObjectStory story) {
    var acknowledged = ObjectStory.newest(story.acknowledged());
    var found = new ArrayList<Old>();
    for (var look : story.looks()) {
      acknowledged
          .before(look.start())
          .filter(write -> isOld(story, look, write))
          .ifPresent(write -> found.add(new Old(write, look, again(story, look, write))));
    }
    return found;
  }

  /// Whoever sees it afterwards. What was written only then says nothing of what was there.
  private static Optional<ObjectLook> again(ObjectStory story, ObjectLook old, Operation write) {
    var until =
        story.acknowledged().stream()
            .filter(each -> each.start() > old.end() && each.version() > write.version())
            .mapToLong(Operation::version)
            .min()
            .orElse(Long.MAX_VALUE);
    return story.looks().stream()
        .filter(look -> look.start() > old.start())
        .filter(look -> look.version() >= write.version() && look.version() < until)
        .findFirst();
  }

  private static boolean isOld(ObjectStory story, ObjectLook look, Operation write) {
    return look.isAbsent()
        ? !story.mayBeGone(write.start(), look.end())
        : look.version() < write.version();
  }

  /// Values are written once: what is seen of one that was refused was written all the same.
  private static void refused(String key, ObjectStory story, List<Offence> offences) {
    var refused = new HashMap<String, Operation>();
    for (var write : story.writes()) {
      if (write.outcome() == Outcome.REFUSED && write.kind() != Kind.DELETE) {
        refused.put(write.value(), write);
      }
    }
    for (var look : story.looks()) {
      var write = refused.get(look.value());
      if (write != null) {
        offences.add(
            new Offence(
                key + " has a value whose write was refused",
                List.of(write.toString(), look.shown())));
      }
    }
  }

  /// Taken from a version that somebody else had replaced before.
  List<Offence> winners() {
    var offences = new ArrayList<Offence>();
    stories.forEach((key, story) -> {
      var acknowledged = story.acknowledged();
      var newest = ObjectStory.newest(acknowledged);
      var winners = new HashMap<Long, Operation>();
      for (var write : acknowledged) {
        if (write.kind() == Kind.UPDATE) {
          var other = winners.putIfAbsent(write.precondition(), write);
          if (other == null) {
            other =
                newest
                    .before(write.start())
                    .filter(before -> before.version() > write.precondition())
                    .orElse(null);
          }
          if (other != null) {
            offences.add(
                new Offence(
                    key + " was updated from " + write.precondition() + ", which was replaced",
                    List.of(other.toString(), write.toString())));
          }
        }
      }
    });
    return offences;
  }

  /// What was seen before everybody was killed is there afterwards, or something newer.
  ///
  /// @param killed when nobody was there any more
  List<Offence> undone(List<Long> killed) {
    var offences = new ArrayList<Offence>();
    stories.forEach((key, story) -> killed.forEach(end -> undone(key, story, end, offences)));
    return offences;
  }

  private static void undone(String key, ObjectStory story, long end, List<Offence> offences) {
    ObjectLook last = null;
    for (var look : story.looks()) {
      if (look.end() < end && (last == null || look.version() > last.version())) {
        last = look;
      } else if (look.start() > end && last != null && !last.isAbsent()) {
        boolean isGone = look.isAbsent() && !story.mayBeGone(last.start(), look.end());
        boolean isOlder = !look.isAbsent() && look.version() < last.version();
        if (isGone || isOlder) {
          offences.add(
              new Offence(
                  key + " was read at " + last.version() + " before everybody was killed",
                  List.of(last.shown(), look.shown())));
          return;
        }
      }
    }
  }

  /// How many looks lie behind a moment in which nobody was there.
  long looksBehind(List<Long> killed) {
    return killed.stream()
        .mapToLong(end ->
            stories.values().stream()
                .flatMap(story -> story.looks().stream())
                .filter(look -> look.start() > end)
                .count())
        .sum();
  }
}
