package dev.troupe.testkit.experiment.run;

import dev.troupe.testkit.experiment.injector.MemberKeeper;
import dev.troupe.testkit.experiment.observer.MemberLoss;
import dev.troupe.testkit.experiment.record.FaultSpan;
import dev.troupe.testkit.members.MemberServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Sees which members end by themselves and which are ready again, and keeps what became of them.
final class MemberWatch {

  private static final String ENDED = "ended by itself";

  private final MemberKeeper keeper;
  private final Predicate<MemberServer> ready;
  private final LongSupplier micros;
  private final Consumer<String> progress;
  private final List<MemberLoss> losses = new ArrayList<>();
  private final List<FaultSpan> spans = new ArrayList<>();
  private final Map<MemberServer, FaultSpan> away = new HashMap<>();

  /// @param ready whether a member says that it is
  /// @param micros since the run began
  /// @param progress told in a sentence what happens
  MemberWatch(
      MemberKeeper keeper,
      Predicate<MemberServer> ready,
      LongSupplier micros,
      Consumer<String> progress) {
    this.keeper = keeper;
    this.ready = ready;
    this.micros = micros;
    this.progress = progress;
  }

  /// Something was done to members that takes from them what they have.
  void lost(List<MemberServer> victims) {
    victims.forEach(victim -> losses.add(new MemberLoss(victim.name(), micros.getAsLong())));
  }

  void look() {
    for (var ended : keeper.look()) {
      var member = ended.member();
      long now = micros.getAsLong();
      losses.add(new MemberLoss(member.name(), now));
      away.put(member, new FaultSpan(ENDED, member.name(), now, now, "exit code " + ended.code()));
      progress.accept(
          "%s has ended by itself, exit code %d; it is started again"
              .formatted(member.name(), ended.code()));
    }
    for (var member : keeper.starting()) {
      if (ready.test(member)) {
        keeper.serves(member);
        progress.accept(member.name() + " is ready");
        var span = away.remove(member);
        if (span != null) {
          spans.add(until(span, micros.getAsLong()));
        }
      }
    }
  }

  private static FaultSpan until(FaultSpan span, long micros) {
    return new FaultSpan(span.kind(), span.target(), span.from(), micros, span.detail());
  }

  List<MemberLoss> losses() {
    return List.copyOf(losses);
  }

  /// Who had ended by himself, until he was ready again.
  List<FaultSpan> spans(long end) {
    var all = new ArrayList<>(spans);
    away.values().forEach(span -> all.add(until(span, Math.max(span.from(), end))));
    return List.copyOf(all);
  }
}
