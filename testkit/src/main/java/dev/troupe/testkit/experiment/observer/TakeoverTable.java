package dev.troupe.testkit.experiment.observer;

import dev.troupe.testkit.experiment.record.Takeover;
import dev.troupe.testkit.experiment.record.Takeover.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Takeovers as logs of members tell of them. A log tells when others stop to trust a member
/// (detected), when they act by a roll without it (downed), and when a partition is served again,
/// with the times at which its new owner was given it, had its epoch and had read it.
public final class TakeoverTable {

  private static final String SERVED = " is served here from now on";
  private static final String LEAVING = " is to leave";
  private static final String DISTRUST = "grants no lease to ";
  private static final String ROLL = "acts by roll ";

  /// Who ends himself so soon after something was done to him ends because of that.
  private static final long TOGETHER_MICROS = 12_000_000;

  private final List<MemberLogLine> lines;
  private final Map<String, String> addresses;
  private final List<MemberLoss> losses;
  private final long beganMillis;

  /// @param addresses of members, by name
  /// @param beganMillis when the run began, since 1970
  public TakeoverTable(
      List<MemberLogLine> lines,
      Map<String, String> addresses,
      List<MemberLoss> losses,
      long beganMillis) {
    this.lines = lines.stream().sorted(Comparator.comparingLong(MemberLogLine::millis)).toList();
    this.addresses = Map.copyOf(addresses);
    this.losses = losses.stream().sorted(Comparator.comparingLong(MemberLoss::micros)).toList();
    this.beganMillis = beganMillis;
  }

  /// Of some partitions. One that came to somebody else without that its owner was lost, or left,
  /// is none.
  public List<Takeover> of(Predicate<String> partitions) {
    var servings = new TreeMap<String, List<MemberLogLine>>();
    lines.stream()
        .filter(line -> partitions.test(line.partition()) && isServed(line))
        .forEach(
            line -> servings.computeIfAbsent(line.partition(), _ -> new ArrayList<>()).add(line));
    var takeovers = new ArrayList<Takeover>();
    for (var ofOne : servings.values()) {
      ofOne.sort(Comparator.comparingLong(MemberLogLine::epoch));
      for (int i = 1; i < ofOne.size(); i++) {
        var from = ofOne.get(i - 1);
        var to = ofOne.get(i);
        lost(from, to).ifPresent(lost -> takeovers.add(takeover(from, to, lost)));
      }
    }
    takeovers.sort(Comparator.comparingLong(Takeover::lost).thenComparing(Takeover::partition));
    return List.copyOf(takeovers);
  }

  static boolean isServed(MemberLogLine line) {
    return line.what().contains(SERVED);
  }

  private long micros(MemberLogLine line) {
    return micros(line.millis());
  }

  private long micros(long millis) {
    return (millis - beganMillis) * 1_000;
  }

  /// When its owner began to leave, or else when something was done to him last before somebody
  /// else served: what he has outlived has cost nobody the partition.
  private OptionalLong lost(MemberLogLine from, MemberLogLine to) {
    if (micros(to) <= 0) {
      return OptionalLong.empty();
    }
    var left =
        first(line ->
            line.member().equals(from.member())
                && line.partition().equals(from.partition())
                && line.epoch() == from.epoch()
                && line.what().contains(LEAVING));
    return left.isPresent() ? left : lastLoss(from, to);
  }

  private OptionalLong lastLoss(MemberLogLine from, MemberLogLine to) {
    var between =
        losses.stream()
            .filter(each -> each.member().equals(from.member()))
            .mapToLong(MemberLoss::micros)
            .filter(micros -> micros >= micros(from) && micros <= micros(to))
            .toArray();
    int first = between.length - 1;
    while (first > 0 && between[first] - between[first - 1] <= TOGETHER_MICROS) {
      first--;
    }
    return first < 0 ? OptionalLong.empty() : OptionalLong.of(between[first]);
  }

  private Takeover takeover(MemberLogLine from, MemberLogLine to, long lost) {
    var reached = new EnumMap<Step, Long>(Step.class);
    // With what follows it no other address begins.
    var owner = addresses.getOrDefault(from.member(), from.member()) + "#";
    Predicate<MemberLogLine> between =
        line ->
            !line.member().equals(from.member())
                && micros(line) >= lost
                && line.millis() <= to.millis();
    first(between.and(line -> line.what().startsWith(DISTRUST) && line.what().contains(owner)))
        .ifPresent(micros -> reached.put(Step.DETECTED, micros));
    first(between.and(line -> line.what().startsWith(ROLL) && !line.what().contains(owner)))
        .ifPresent(micros -> reached.put(Step.DOWNED, micros));
    // A step that was done before is not of this takeover: who had it waited for something else.
    // One that was done later is told by a clock that is wrong.
    to.steps()
        .forEach((step, millis) -> {
          if (micros(millis) >= lost && millis <= to.millis()) {
            reached.put(step, micros(millis));
          }
        });
    reached.put(Step.SERVING, micros(to));
    return new Takeover(from.partition(), from.member(), to.member(), lost, reached);
  }

  private OptionalLong first(Predicate<MemberLogLine> wanted) {
    return lines.stream().filter(wanted).mapToLong(this::micros).findFirst();
  }
}
