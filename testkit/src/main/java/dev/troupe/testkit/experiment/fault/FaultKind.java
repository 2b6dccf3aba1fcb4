package dev.troupe.testkit.experiment.fault;

import static dev.troupe.testkit.experiment.fault.FaultKind.Outage.EVERYBODY;
import static dev.troupe.testkit.experiment.fault.FaultKind.Outage.NOBODY;
import static dev.troupe.testkit.experiment.fault.FaultKind.Outage.WHOM_IT_HITS;
import static dev.troupe.testkit.experiment.fault.FaultNeed.CGROUPS;
import static dev.troupe.testkit.experiment.fault.FaultNeed.DISK_GROUPS;
import static dev.troupe.testkit.experiment.fault.FaultNeed.MEMORY_GROUPS;
import static dev.troupe.testkit.experiment.fault.FaultNeed.NAMESPACES;
import static dev.troupe.testkit.experiment.fault.FaultNeed.OWN_CLOCK;
import static dev.troupe.testkit.experiment.fault.FaultNeed.OWN_DATABASE;
import static dev.troupe.testkit.experiment.fault.FaultNeed.OWN_DISK;
import static dev.troupe.testkit.experiment.fault.FaultNeed.PACKET_FILTERS;
import static dev.troupe.testkit.experiment.fault.FaultNeed.PROXY;
import static dev.troupe.testkit.experiment.fault.FaultNeed.STANDBY;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The kinds of faults by the names that files and reports call them. A name never changes.
public enum FaultKind {
  KILL(
      "kill",
      InjectedFault.Kill.class,
      WHOM_IT_HITS,
      1,
      "ends a member as kill -9 does, and starts it again when the fault is over"),
  FREEZE(
      "freeze",
      InjectedFault.Freeze.class,
      WHOM_IT_HITS,
      1,
      "stops a member in the middle of what it does, and lets it go on as if nothing had been"),
  CUT(
      "cut",
      InjectedFault.Cut.class,
      NOBODY,
      2,
      "loses everything between a member and the others; it still has the database and its clients",
      NAMESPACES),
  ISOLATION(
      "isolation",
      InjectedFault.Isolation.class,
      NOBODY,
      2,
      "loses everything that a member sends or is sent, by whomever",
      NAMESPACES),
  STORE_CUT(
      "store-cut",
      InjectedFault.StoreCut.class,
      WHOM_IT_HITS,
      1,
      "loses everything between a member and the database",
      NAMESPACES),
  ONE_WAY_CUT(
      "one-way-cut",
      InjectedFault.OneWayCut.class,
      NOBODY,
      2,
      "loses what a member sends to the others, or what they send to it",
      NAMESPACES),
  PARTIAL_CUT(
      "partial-cut",
      InjectedFault.PartialCut.class,
      NOBODY,
      3,
      "loses everything between two members, while both see the rest",
      NAMESPACES),
  SCATTERING(
      "scattering",
      InjectedFault.Scattering.class,
      EVERYBODY,
      2,
      "cuts every member off from every other",
      NAMESPACES),
  RING_CUT(
      "ring-cut",
      InjectedFault.RingCut.class,
      EVERYBODY,
      4,
      "leaves each member only two neighbours",
      NAMESPACES),
  FLAPPING_LINK(
      "flapping-link",
      InjectedFault.FlappingLink.class,
      NOBODY,
      2,
      "cuts a member off from the others and joins it again, over and over",
      NAMESPACES),
  LATENCY(
      "latency",
      InjectedFault.Latency.class,
      NOBODY,
      1,
      "holds back what is sent, for a while that varies",
      PROXY),
  PACKET_LOSS(
      "packet-loss",
      InjectedFault.PacketLoss.class,
      NOBODY,
      2,
      "drops some of the packets between a member and the others",
      NAMESPACES,
      PACKET_FILTERS),
  BANDWIDTH(
      "bandwidth",
      InjectedFault.NarrowLink.class,
      NOBODY,
      1,
      "lets only so many bytes through in a second",
      PROXY),
  RESETS(
      "resets",
      InjectedFault.ConnectionResets.class,
      NOBODY,
      1,
      "resets all connections, over and over",
      PROXY),
  HALF_OPEN(
      "half-open",
      InjectedFault.HalfOpenLink.class,
      NOBODY,
      1,
      "keeps connections open and carries nothing",
      PROXY),
  LOST_ANSWERS(
      "lost-answers",
      InjectedFault.LostAnswers.class,
      NOBODY,
      1,
      "carries requests of clients to a member, and breaks the connection before the answer",
      PROXY),
  SLOW_DISK(
      "slow-disk",
      InjectedFault.SlowDisk.class,
      NOBODY,
      1,
      "makes everything that the database syncs take longer",
      OWN_DATABASE,
      OWN_DISK,
      DISK_GROUPS),
  FULL_DISK(
      "full-disk",
      InjectedFault.FullDisk.class,
      EVERYBODY,
      1,
      "leaves the database no room to write",
      OWN_DATABASE,
      OWN_DISK),
  FAILING_DISK(
      "failing-disk",
      InjectedFault.FailingDisk.class,
      EVERYBODY,
      1,
      "lets the database's disk fail: nothing more is written there, and whoever tries is told so",
      OWN_DATABASE,
      OWN_DISK),
  DATABASE_RESTART(
      "database-restart",
      InjectedFault.DatabaseRestart.class,
      EVERYBODY,
      1,
      "stops the database at once, as its own restart does, and starts it again",
      OWN_DATABASE),
  DATABASE_AWAY(
      "database-away",
      InjectedFault.DatabaseAway.class,
      EVERYBODY,
      1,
      "kills the database, and starts it when the fault is over",
      OWN_DATABASE),
  DATABASE_FREEZE(
      "database-freeze",
      InjectedFault.DatabaseFreeze.class,
      EVERYBODY,
      1,
      "stops the database in the middle of what it does, connections and all",
      OWN_DATABASE),
  DATABASE_FAILOVER(
      "database-failover",
      InjectedFault.DatabaseFailover.class,
      EVERYBODY,
      1,
      "kills the database and promotes its standby",
      OWN_DATABASE,
      STANDBY),
  KILLED_SESSIONS(
      "killed-sessions",
      InjectedFault.KilledSessions.class,
      NOBODY,
      1,
      "ends all sessions of the database, over and over"),
  CLOCK_OFFSET(
      "clock-offset",
      InjectedFault.ClockOffset.class,
      NOBODY,
      1,
      "starts a member again whose clock goes ahead or behind",
      OWN_CLOCK),
  CLOCK_JUMP(
      "clock-jump",
      InjectedFault.ClockJump.class,
      NOBODY,
      1,
      "sets a member's clock while it runs, and back when the fault is over",
      OWN_CLOCK),
  STARVED_CPU(
      "starved-cpu",
      InjectedFault.StarvedCpu.class,
      WHOM_IT_HITS,
      1,
      "leaves a member a small part of one processor",
      CGROUPS),
  MEMORY_PRESSURE(
      "memory-pressure",
      InjectedFault.MemoryPressure.class,
      WHOM_IT_HITS,
      1,
      "leaves a member less memory than it wants",
      MEMORY_GROUPS),
  ROLLING_RESTART(
      "rolling-restart",
      InjectedFault.RollingMembers.class,
      NOBODY,
      2,
      "lets one member after the other leave, and starts it again before the next one goes"),
  FULL_RESTART(
      "full-restart",
      InjectedFault.FullRestart.class,
      EVERYBODY,
      1,
      "lets all members leave at once, and starts them when the fault is over"),
  JOIN(
      "join",
      InjectedFault.OneMoreMember.class,
      NOBODY,
      1,
      "starts one more member, which leaves when the fault is over"),
  LEAVE(
      "leave",
      InjectedFault.LeavingMember.class,
      NOBODY,
      2,
      "lets a member leave, and starts it again when the fault is over"),
  OLDER_BUILD(
      "older-build",
      InjectedFault.OlderMember.class,
      NOBODY,
      2,
      "puts a member of an older build in the place of one, and the other way round when it is"
          + " over",
      FaultNeed.OLDER_BUILD),
  STUCK_WATCHES(
      "stuck-watches",
      InjectedFault.StuckWatches.class,
      NOBODY,
      1,
      "opens watches and reads nothing of them");

  /// Who cannot write while a fault lasts.
  public enum Outage {
    NOBODY,
    /// Whom it hits: if these are all members, everybody.
    WHOM_IT_HITS,
    EVERYBODY
  }

  private static final Map<Class<?>, FaultKind> BY_CLASS =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(kind -> kind.model, Function.identity()));

  private final String word;
  private final Class<? extends InjectedFault> model;
  private final Outage outage;
  private final int leastMembers;
  private final String sentence;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is.
  private final List<FaultNeed> needs;

  FaultKind(
      String word,
      Class<? extends InjectedFault> model,
      Outage outage,
      int leastMembers,
      String sentence,
      FaultNeed... needs) {
    this.word = word;
    this.model = model;
    this.outage = outage;
    this.leastMembers = leastMembers;
    this.sentence = sentence;
    this.needs = List.of(needs);
  }

  static FaultKind of(Class<? extends InjectedFault> model) {
    return Optional.ofNullable(BY_CLASS.get(model))
        .orElseThrow(() -> new IllegalStateException(model + " has no name"));
  }

  /// How files and reports say it.
  public String word() {
    return word;
  }

  Class<? extends InjectedFault> model() {
    return model;
  }

  public Outage outage() {
    return outage;
  }

  /// With fewer members it means nothing.
  public int leastMembers() {
    return leastMembers;
  }

  /// What it does.
  public String sentence() {
    return sentence;
  }

  /// Everything without which it cannot be done.
  public List<FaultNeed> needs() {
    return needs;
  }
}
