package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.experiment.plan.Invariant;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.witness.Testimony.MemberSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/// Whether what members hold grows for ever. A life begins small: its first third does not count,
/// and a life of less than a minute says nothing.
final class SizeVerdicts {

  private static final Duration LIFE = Duration.ofMinutes(1);
  private static final int QUARTERS = 4;
  private static final int LEAST = 3 * QUARTERS;

  /// What grows from quarter to quarter, and is half as much again in the last as in the first, and
  /// more than that by so much, is said to grow for ever. A heap grows up to its limit.
  private enum Measure {
    MEMORY("kB of memory", 512 * 1024, MemberSize::kilobytes),
    THREADS("threads", 40, MemberSize::threads),
    FILES("open files", 100, MemberSize::files);

    private final String word;
    private final long slack;

    @SuppressWarnings("ImmutableEnumChecker") // References to methods of records.
    private final ToLongFunction<MemberSize> of;

    Measure(String word, long slack, ToLongFunction<MemberSize> of) {
      this.word = word;
      this.slack = slack;
      this.of = of;
    }
  }

  private record Life(String member, long process) {}

  private final Map<Life, List<MemberSize>> lives = new LinkedHashMap<>();

  SizeVerdicts(List<MemberSize> sizes) {
    for (var size : sizes) {
      lives
          .computeIfAbsent(new Life(size.member(), size.process()), _ -> new ArrayList<>())
          .add(size);
    }
  }

  Optional<InvariantVerdict> membersStaySmall() {
    var offences = new ArrayList<Offence>();
    long checked = 0;
    for (var life : lives.entrySet()) {
      var grown = life.getValue().subList(life.getValue().size() / 3, life.getValue().size());
      boolean isLong =
          life.getValue().getLast().nanos() - life.getValue().getFirst().nanos() >= LIFE.toNanos();
      if (isLong && grown.size() >= LEAST) {
        checked += grown.size();
        for (var measure : Measure.values()) {
          grows(life.getKey(), grown, measure).ifPresent(offences::add);
        }
      }
    }
    return InvariantVerdicts.verdict(Invariant.MEMBERS_STAY_SMALL, checked, offences);
  }

  private static Optional<Offence> grows(Life life, List<MemberSize> sizes, Measure measure) {
    var medians =
        IntStream.range(0, QUARTERS)
            .mapToObj(
                i -> sizes.subList(i * sizes.size() / QUARTERS, (i + 1) * sizes.size() / QUARTERS))
            .map(quarter -> median(quarter, measure))
            .toList();
    boolean rises = IntStream.range(1, QUARTERS).allMatch(i -> medians.get(i) > medians.get(i - 1));
    long bound = medians.getFirst() + medians.getFirst() / 2 + measure.slack;
    return rises && medians.getLast() > bound
        ? Optional.of(
            new Offence(
                "%s of %s grow, quarter by quarter".formatted(measure.word, life.member()),
                medians.stream()
                    .map(median ->
                        "process %d: %d %s".formatted(life.process(), median, measure.word))
                    .toList()))
        : Optional.empty();
  }

  private static long median(List<MemberSize> sizes, Measure measure) {
    return sizes.stream()
        .mapToLong(measure.of)
        .sorted()
        .skip(sizes.size() / 2)
        .findFirst()
        .orElse(0);
  }
}
