package dev.troupe.runtime.lease.logic;

import dev.troupe.runtime.lease.Cover;
import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Some members around one table, in one room with the store: what is said arrives at once, unless
/// it is cut.
final class LeaseTable {

  static final MemberId A = new MemberId("a", 1);
  static final MemberId B = new MemberId("b", 2);
  static final MemberId C = new MemberId("c", 3);
  static final MemberId D = new MemberId("d", 4);
  static final MemberId E = new MemberId("e", 5);

  /// One member, what it has said, and its clocks.
  static final class Seat {
    final LeaseLogic logic;
    final List<Long> ready = new ArrayList<>();
    final List<String> reports = new ArrayList<>();
    final List<Roll> changes = new ArrayList<>();
    long wall;
    long steady;
    boolean asleep;
    boolean concluded;
    boolean away;

    /// Whether what the store answers is kept, until it [is delivered][#answerLate].
    boolean late;

    final List<LeaseMessage> answers = new ArrayList<>();
    @Nullable Cover cover;
    @Nullable String stopped;
    boolean astray;

    private Seat(MemberId id, long time) {
      logic = new LeaseLogic(id, LeaseSettings.DEFAULT);
      wall = time;
      steady = time;
    }

    TwoClocks clocks() {
      return new TwoClocks(wall, steady * 1_000_000);
    }

    boolean reads() {
      return stopped == null && cover != null && cover.holds(clocks());
    }
  }

  private final Map<MemberId, Seat> seats = new HashMap<>();
  private final Set<List<MemberId>> cut = new HashSet<>();
  private Roll roll;
  private long time;

  /// The members of a roll, all of whom act by it.
  LeaseTable(MemberId... members) {
    roll = new Roll(7, Set.of(members), Set.of(members));
    for (var member : members) {
      seats.put(member, new Seat(member, time));
    }
    for (var member : members) {
      tell(member, new LeaseMessage.RollWritten(roll));
    }
    pass(400);
  }

  Seat at(MemberId member) {
    return seats.computeIfAbsent(member, id -> new Seat(id, time));
  }

  Roll roll() {
    return roll;
  }

  /// The store writes another roll, of which nobody knows yet.
  Roll write(MemberId... members) {
    roll = roll.next(Set.of(members));
    return roll;
  }

  void cut(MemberId from, MemberId to) {
    cut.add(List.of(from, to));
  }

  void cutBoth(MemberId one, MemberId other) {
    cut(one, other);
    cut(other, one);
  }

  void heal() {
    cut.clear();
  }

  void tell(MemberId member, LeaseMessage message) {
    var seat = at(member);
    if (seat.asleep) {
      return;
    }
    var all = new ArrayList<LeaseEffect>();
    var effects = seat.logic.on(message, seat.clocks());
    while (!effects.isEmpty()) {
      all.add(effects.remove());
    }
    all.forEach(effect -> carryOut(member, seat, effect));
  }

  /// Delivers what the store has answered in the meantime.
  void answerLate(MemberId member) {
    at(member).answers.forEach(answer -> tell(member, answer));
  }

  private void carryOut(MemberId member, Seat seat, LeaseEffect effect) {
    switch (effect) {
      case LeaseEffect.Send(var to, var letter) -> {
        if (!cut.contains(List.of(member, to)) && seats.containsKey(to)) {
          tell(to, new LeaseMessage.Received(member, letter));
        }
      }
      case LeaseEffect.Beat(var beat) -> {
        var answer = new LeaseMessage.Beaten(beat, roll);
        if (seat.late) {
          seat.answers.add(answer);
        } else if (!seat.away) {
          tell(member, answer);
        }
      }
      case LeaseEffect.WriteRoll(var next) -> {
        seat.changes.add(next);
        if (!seat.away) {
          roll = next.number() == roll.number() + 1 ? next : roll;
          tell(member, new LeaseMessage.RollWritten(roll));
        }
      }
      case LeaseEffect.Publish(var cover) -> seat.cover = cover;
      case LeaseEffect.Ready(var ticket) -> seat.ready.add(ticket);
      case LeaseEffect.Stop(var why, var astray) -> {
        seat.stopped = why;
        seat.astray = astray;
      }
      case LeaseEffect.Report(var what) -> seat.reports.add(what);
      case LeaseEffect.Concluded() -> seat.concluded = true;
      case LeaseEffect.Act _, LeaseEffect.LookAgain _, LeaseEffect.Follow _ -> {}
    }
  }

  /// Time passes, by all clocks.
  void pass(long millis) {
    for (long left = millis; left > 0; left -= 100) {
      long step = Math.min(left, 100);
      time += step;
      seats
          .values()
          .forEach(seat -> {
            seat.wall += step;
            seat.steady += step;
          });
      seats.keySet().stream().sorted().forEach(member -> tell(member, new LeaseMessage.Tick()));
    }
  }
}
