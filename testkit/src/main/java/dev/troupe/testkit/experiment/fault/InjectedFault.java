package dev.troupe.testkit.experiment.fault;

import java.time.Duration;
import java.util.List;

/// What is done to members, their connections, their machine or their database. Each lasts a while
/// and is undone then: who was killed is started again, what was cut is joined.
public sealed interface InjectedFault {

  /// Its name, and what holds for all of its kind.
  default FaultKind kind() {
    return FaultKind.of(getClass());
  }

  /// What hits members that an experiment can choose.
  interface Targeted {
    Who who();
  }

  /// Of processes: nobody is told.
  sealed interface ProcessFault extends InjectedFault, Targeted {}

  record Kill(Who who) implements ProcessFault {}

  record Freeze(Who who) implements ProcessFault {}

  /// Of connections.
  sealed interface LinkFault extends InjectedFault {}

  record Cut(Who who) implements LinkFault, Targeted {}

  record Isolation(Who who) implements LinkFault, Targeted {}

  record StoreCut(Who who) implements LinkFault, Targeted {}

  record OneWayCut(Who who, CutDirection direction) implements LinkFault, Targeted {}

  /// @param between two members; empty for two that are drawn
  record PartialCut(List<Integer> between) implements LinkFault {
    public PartialCut {
      between = List.copyOf(between);
      if (!between.isEmpty()
          && (between.size() != 2 || between.getFirst().equals(between.get(1)))) {
        throw new IllegalArgumentException("a cut is between two members, not " + between);
      }
    }
  }

  record Scattering() implements LinkFault {}

  record RingCut() implements LinkFault {}

  /// @param down how long it is cut at a time
  /// @param up how long it is there in between
  record FlappingLink(Who who, Duration down, Duration up) implements LinkFault, Targeted {}

  /// @param jitter how much more than the delay it may take
  record Latency(Who who, NetworkRoute on, Duration delay, Duration jitter)
      implements LinkFault, Targeted {}

  record PacketLoss(Who who, int percent) implements LinkFault, Targeted {}

  record NarrowLink(Who who, NetworkRoute on, int kilobytesPerSecond)
      implements LinkFault, Targeted {}

  /// @param every between two resets of all connections
  record ConnectionResets(Who who, NetworkRoute on, Duration every)
      implements LinkFault, Targeted {}

  record HalfOpenLink(Who who, NetworkRoute on) implements LinkFault, Targeted {}

  record LostAnswers(Who who, int percent) implements LinkFault, Targeted {}

  /// Of the database, which all members share.
  sealed interface StoreFault extends InjectedFault {}

  record SlowDisk(Duration delay) implements StoreFault {}

  record FullDisk() implements StoreFault {}

  record FailingDisk() implements StoreFault {}

  record DatabaseRestart() implements StoreFault {}

  record DatabaseAway() implements StoreFault {}

  record DatabaseFreeze() implements StoreFault {}

  record DatabaseFailover() implements StoreFault {}

  /// @param every between two times that all sessions are ended
  record KilledSessions(Duration every) implements StoreFault {}

  /// Of what a member has of its machine.
  sealed interface MachineFault extends InjectedFault, Targeted {}

  /// @param by how far its clock goes ahead, or behind
  record ClockOffset(Who who, Duration by) implements MachineFault {}

  record ClockJump(Who who, Duration by) implements MachineFault {}

  /// @param percent of one processor that is left to it
  record StarvedCpu(Who who, int percent) implements MachineFault {}

  /// @param megabytes that are left to it
  record MemoryPressure(Who who, int megabytes) implements MachineFault {}

  /// Of who is there: members are told, and do what they do in such a case.
  sealed interface MembershipFault extends InjectedFault {}

  record RollingMembers() implements MembershipFault {}

  record FullRestart() implements MembershipFault {}

  record OneMoreMember() implements MembershipFault {}

  record LeavingMember(Who who) implements MembershipFault, Targeted {}

  record OlderMember(Who who) implements MembershipFault, Targeted {}

  /// Of clients.
  sealed interface ClientFault extends InjectedFault {}

  /// @param clients that open a watch and read nothing of it
  record StuckWatches(int clients) implements ClientFault {}

  /// Whether nobody can write while it lasts, so that what it costs counts from its end.
  default boolean stopsEverybody() {
    return switch (kind().outage()) {
      case NOBODY -> false;
      case WHOM_IT_HITS -> this instanceof Targeted hit && hit.who() == Who.Role.ALL;
      case EVERYBODY -> true;
    };
  }
}
