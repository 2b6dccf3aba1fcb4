package dev.troupe.runtime.fight;

import dev.troupe.runtime.fight.Fight.Side;
import dev.troupe.runtime.journal.ObjectHistory;
import dev.troupe.runtime.store.EventRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Looks for fights in what happened to an object. It is one if a field has become four times in a
/// row what it was before, by two writers in turn, each within half a minute of the other: whoever
/// does that on purpose takes his time.
public final class Fights {

  /// So many flips in a row are no accident.
  static final int FLIPS = 4;

  /// Longer ago than that it was not an answer.
  static final Duration ANSWER = Duration.ofSeconds(30);

  private static final int MOST = 20;

  private Fights() {}

  /// A field was set, or taken away.
  private record Turn(EventRecord event, Side side) {

    private boolean isOfSame(Turn other) {
      return side.name().equals(other.side.name())
          && side.writer().kind() == other.side.writer().kind();
    }

    private boolean isSame(Turn other) {
      return isOfSame(other) && Objects.equals(side.value(), other.side.value());
    }

    private boolean answers(Turn before) {
      return !isOfSame(before)
          && event.timeMillis() - before.event.timeMillis() <= ANSWER.toMillis();
    }
  }

  /// In the order of their paths, as far as they went on to the end of the history: each field's
  /// last change is a part of its fight.
  public static List<Fight> in(ObjectHistory history) {
    return turns(history).entrySet().stream()
        .map(field -> fight(field.getKey(), field.getValue()))
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(Fight::path))
        .limit(MOST)
        .toList();
  }

  /// Of each field, newest first.
  private static Map<String, List<Turn>> turns(ObjectHistory history) {
    var turns = new LinkedHashMap<String, List<Turn>>();
    for (var entry : history.entries()) {
      var changes = entry.changes();
      if (changes == null || entry.event().type() == EventRecord.Type.DELETED) {
        break;
      }
      for (var change : changes) {
        turns
            .computeIfAbsent(change.path(), _ -> new ArrayList<>())
            .add(new Turn(entry.event(), new Side(entry.event().cause(), change.after())));
      }
    }
    return turns;
  }

  private static Optional<Fight> fight(String path, List<Turn> newestFirst) {
    int flips = 0;
    while (flips + 2 < newestFirst.size() && isFlip(newestFirst, flips)) {
      flips++;
    }
    if (flips < FLIPS) {
      return Optional.empty();
    }
    var last = newestFirst.getFirst();
    return Optional.of(
        new Fight(
            path,
            last.side(),
            newestFirst.get(1).side(),
            flips,
            newestFirst.get(flips - 1).event().timeMillis(),
            last.event().timeMillis()));
  }

  private static boolean isFlip(List<Turn> newestFirst, int at) {
    var turn = newestFirst.get(at);
    var answered = newestFirst.get(at + 1);
    return turn.isSame(newestFirst.get(at + 2)) && turn.answers(answered);
  }
}
