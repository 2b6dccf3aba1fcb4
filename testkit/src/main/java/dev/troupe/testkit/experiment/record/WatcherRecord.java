package dev.troupe.testkit.experiment.record;

import java.util.ArrayList;
import java.util.List;

/// What a watcher was shown, told by when it was shown nothing: that stays short, however much
/// there was to see.
///
/// @param endpoint the place in the run's members of whom it asks first; -1 if it has none
/// @param shown how many events altogether
/// @param watches how many it began
/// @param silences of at least [#LEAST] each, the first ones if there are very many
/// @param faults why watches could not be begun, the first ones
public record WatcherRecord(
    String watcher,
    int endpoint,
    long shown,
    int watches,
    List<Silence> silences,
    List<String> faults) {

  /// The shortest silence that is kept, in microseconds.
  public static final long LEAST = 250_000;

  private static final int MOST = 20_000;
  private static final int FAULTS = 100;

  /// A time in which nothing was shown.
  public record Silence(long from, long to) {}

  public WatcherRecord {
    silences = List.copyOf(silences.subList(0, Math.min(MOST, silences.size())));
    faults = List.copyOf(faults.subList(0, Math.min(FAULTS, faults.size())));
  }

  /// @param times when it was shown something, ascending, in microseconds since the run began
  /// @param end of the run
  public static WatcherRecord of(
      String watcher, int endpoint, int watches, List<Long> times, long end, List<String> faults) {
    var silences = new ArrayList<Silence>();
    long last = 0;
    for (long time : times) {
      addSilence(silences, last, time);
      last = time;
    }
    addSilence(silences, last, end);
    return new WatcherRecord(watcher, endpoint, times.size(), watches, silences, faults);
  }

  private static void addSilence(List<Silence> silences, long from, long to) {
    if (to - from >= LEAST) {
      silences.add(new Silence(from, to));
    }
  }

  /// The longest silence; 0 if there was none worth keeping.
  public long longest() {
    return silences.stream().mapToLong(one -> one.to() - one.from()).max().orElse(0);
  }
}
