package dev.troupe.testkit.experiment.observer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who served which epoch of which partition, as members' logs tell it.
public final class EpochWriters {

  private final List<MemberLogLine> served;

  public EpochWriters(List<MemberLogLine> lines) {
    served =
        lines.stream()
            .filter(TakeoverTable::isServed)
            .sorted(Comparator.comparingLong(MemberLogLine::millis))
            .toList();
  }

  /// How many times somebody began to serve.
  public long count() {
    return served.size();
  }

  private record Epoch(String partition, long number) {}

  /// Where two members served one epoch, or one began to serve when a later epoch had begun before.
  public List<String> offences() {
    var offences = new ArrayList<String>();
    Map<Epoch, MemberLogLine> first = new HashMap<>();
    Map<String, MemberLogLine> highest = new HashMap<>();
    for (var line : served) {
      var other = first.putIfAbsent(new Epoch(line.partition(), line.epoch()), line);
      if (other != null) {
        offences.add(
            "epoch %d of %s was begun by %s at %d ms and by %s at %d ms"
                .formatted(
                    line.epoch(),
                    line.partition(),
                    other.member(),
                    other.millis(),
                    line.member(),
                    line.millis()));
      }
      var before = highest.get(line.partition());
      if (before != null && before.epoch() > line.epoch() && before.millis() < line.millis()) {
        offences.add(
            "%s began epoch %d of %s at %d ms, after %s had begun epoch %d at %d ms"
                .formatted(
                    line.member(),
                    line.epoch(),
                    line.partition(),
                    line.millis(),
                    before.member(),
                    before.epoch(),
                    before.millis()));
      }
      if (before == null || before.epoch() < line.epoch()) {
        highest.put(line.partition(), line);
      }
    }
    return offences;
  }
}
