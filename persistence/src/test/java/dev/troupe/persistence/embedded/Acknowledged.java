package dev.troupe.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Opened;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What processes that were killed had been told is stored: lines of `stored resource sequence
/// version type`, and `opened epoch highest-version`, as [#line] writes them.
final class Acknowledged {

  static final String STORED = "stored ";
  static final String OPENED = "opened ";

  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<String, Long> newest = new HashMap<>();
  private final TreeSet<Long> versions = new TreeSet<>();
  private final Set<String> deleted = new HashSet<>();

  static String line(EventRecord event) {
    return STORED
        + event.key().name()
        + " "
        + event.sequence()
        + " "
        + event.version()
        + " "
        + event.type();
  }

  static String line(Opened opened) {
    return OPENED + opened.epoch() + " " + opened.highestVersion();
  }

  /// What such a line says of an epoch.
  static Opened opened(String line) {
    var words = line.split(" ", -1);
    return new Opened(Long.parseLong(words[1]), Map.of(), false, Long.parseLong(words[2]));
  }

  /// @param lines others are passed over
  void add(List<String> lines) {
    lines.stream().filter(line -> line.startsWith(STORED)).forEach(this::add);
  }

  private void add(String line) {
    var words = line.split(" ", -1);
    var name = words[1];
    long version = Long.parseLong(words[3]);
    sequences.merge(name, Long.valueOf(words[2]), Math::max);
    newest.merge(name, version, Math::max);
    versions.add(version);
    if (words[4].equals(EventRecord.Type.DELETED.name())) {
      deleted.add(name);
    }
  }

  int count() {
    return versions.size();
  }

  /// Of every resource, what was acknowledged last or something newer is there.
  void checkNewest(Map<String, EventRecord> found) {
    sequences.forEach((name, sequence) -> {
      var event = found.get(name);
      assertThat(event == null ? 0 : event.sequence()).as(name).isGreaterThanOrEqualTo(sequence);
    });
  }

  /// Likewise, but those whose tombstones retention may have removed.
  ///
  /// @param forgettable how the names of those begin that are deleted some time
  void checkNewest(Found found, String forgettable) {
    for (var name : deleted) {
      var event = found.newest().get(name);
      assertThat(event == null || event.type() == EventRecord.Type.DELETED).as(name).isTrue();
    }
    newest.forEach((name, version) -> {
      var event = found.newest().get(name);
      if (event != null) {
        assertThat(event.version()).as(name).isGreaterThanOrEqualTo(version);
      } else {
        assertThat(name).startsWith(forgettable);
        assertThat(version).as(name).isLessThanOrEqualTo(found.horizon());
      }
    });
  }

  /// Everything acknowledged that retention has not reached is there, in order.
  void checkEvents(Found found) {
    var above = new ArrayList<>(versions.tailSet(found.horizon(), false));
    assertThat(found.events()).extracting(EventRecord::version).containsAll(above).isSorted();
  }
}
