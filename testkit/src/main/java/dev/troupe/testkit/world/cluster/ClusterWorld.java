package dev.troupe.testkit.world.cluster;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.testkit.world.FaultRates;
import dev.troupe.testkit.world.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// A cluster on a seeded schedule: members, the links between them, their views of each other, and
/// a store that all share. Whoever takes itself for the first of its view places partitions, so
/// that there may be two who do.
final class ClusterWorld {

  static final LeaseSettings SETTINGS =
      new LeaseSettings(
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofSeconds(4),
          Duration.ofMillis(250));

  /// After which a member that answers nothing is voted down.
  static final Duration SILENCE = Duration.ofSeconds(2);

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration GOSSIP = Duration.ofMillis(300);

  /// By how much a second of a member may differ from a second.
  private static final double DRIFT = 0.001;

  private final Schedule schedule;
  private final Mutant mutant;
  private final SharedStore store;
  private final SimulatedLinks links;
  private final ClusterChecks checks;
  private final int partitions;
  private final TreeMap<MemberId, SimulatedMember> members = new TreeMap<>();
  private final Map<Integer, MemberId> placed = new HashMap<>();
  private long lives;
  private boolean settling;

  ClusterWorld(long seed, Mutant mutant, int partitions) {
    this.schedule = new Schedule(seed, START);
    this.mutant = mutant;
    this.store = new SharedStore(schedule, FaultRates.NONE, mutant);
    this.links = new SimulatedLinks(schedule, LinkFaults.NONE);
    this.checks = new ClusterChecks(() -> List.copyOf(members.values()));
    this.partitions = partitions;
    gossip();
  }

  Schedule schedule() {
    return schedule;
  }

  Mutant mutant() {
    return mutant;
  }

  SharedStore store() {
    return store;
  }

  SimulatedLinks links() {
    return links;
  }

  ClusterChecks checks() {
    return checks;
  }

  int partitions() {
    return partitions;
  }

  // Members

  /// Starts a member, which joins those that are there.
  SimulatedMember start() {
    var random = schedule.random();
    double rate = 1 + DRIFT * (2 * random.nextDouble() - 1);
    long offset = random.nextLong(100) - 50;
    return start(new MemberClock(schedule, rate, offset));
  }

  private SimulatedMember start(MemberClock clock) {
    var id = new MemberId("m" + ++lives, lives);
    var member = new SimulatedMember(id, clock, SETTINGS, SILENCE, this);
    living().forEach(other -> member.membership().know(List.of(other.id())));
    members.put(id, member);
    return member;
  }

  List<SimulatedMember> living() {
    return members.values().stream().filter(SimulatedMember::isAlive).toList();
  }

  SimulatedMember member(MemberId id) {
    var member = members.get(id);
    if (member == null) {
      throw new IllegalArgumentException("there is no member " + id);
    }
    return member;
  }

  void cutBoth(SimulatedMember one, SimulatedMember other) {
    links.cut(one.id(), other.id());
    links.cut(other.id(), one.id());
  }

  void isolate(SimulatedMember member) {
    members.values().forEach(other -> cutBoth(member, other));
  }

  // What members have to do with each other

  void send(SimulatedMember from, MemberId to, Consumer<SimulatedMember> message) {
    links.send(
        from.id(),
        to,
        () -> {
          var target = members.get(to);
          if (target != null && target.isAlive()) {
            target.live(() -> message.accept(target));
          }
        });
  }

  void sendToAll(SimulatedMember from, Consumer<SimulatedMember> message) {
    for (var to : from.membership().known()) {
      if (!to.equals(from.id())) {
        send(from, to, message);
      }
    }
  }

  /// What a member's probes show: the kernel answers for a process that sleeps.
  void probe(SimulatedMember member) {
    for (var other : members.values()) {
      if (other != member
          && member.membership().knows(other.id())
          && !links.isCut(member.id(), other.id())
          && !links.isCut(other.id(), member.id())) {
        member.probed(other.id(), other.isAlive());
      }
    }
  }

  /// Each tells another one what it knows; then whoever thinks that it should, places partitions.
  private void gossip() {
    for (var member : living()) {
      member.live(() -> {
        tellSomebody(member);
        coordinate(member);
      });
    }
    schedule.after(GOSSIP, this::gossip);
  }

  private void tellSomebody(SimulatedMember member) {
    var others = new ArrayList<>(member.membership().known());
    if (!settling) {
      // Who is taken for dead is not told of it.
      others.removeAll(member.membership().down());
    }
    others.removeIf(other -> other.equals(member.id()) || !isAlive(other));
    others.sort(null);
    if (!others.isEmpty()) {
      var known = member.membership().known();
      var down = member.membership().down();
      send(
          member,
          others.get(schedule.random().nextInt(others.size())),
          other -> {
            other.membership().know(known);
            other.membership().down(down, other.clock().get());
          });
    }
  }

  private boolean isAlive(MemberId id) {
    var member = members.get(id);
    return member != null && member.isAlive();
  }

  private void coordinate(SimulatedMember member) {
    var view = member.membership().members();
    if (view.isEmpty() || !view.first().equals(member.id())) {
      return;
    }
    for (int partition = 0; partition < partitions; partition++) {
      int which = partition;
      var owner = placed.get(which);
      if (owner == null || !view.contains(owner)) {
        owner = List.copyOf(view).get(schedule.random().nextInt(view.size()));
        placed.put(which, owner);
      }
      if (owner.equals(member.id())) {
        member.place(which);
      } else {
        send(member, owner, target -> target.place(which));
      }
    }
  }

  /// Sharding hands a partition over, whether it can or not.
  void move(int partition, MemberId to) {
    var from = placed.put(partition, to);
    var owner = from == null || from.equals(to) ? null : members.get(from);
    if (owner != null && owner.isAlive()) {
      owner.live(() -> owner.leave(partition));
    }
  }

  /// Sharding makes a mistake: a partition is started at a second member.
  void misplace(int partition, SimulatedMember at) {
    at.live(() -> at.place(partition));
  }

  // The end

  /// Nothing fails any more; lets everything come to rest.
  void settle() {
    settling = true;
    links.heal();
    links.faults(LinkFaults.NONE);
    store.heal();
    store.faults(FaultRates.NONE);
    members.values().forEach(SimulatedMember::wake);
    members.values().forEach(member -> member.clock().synchronise());
    for (int i = 0; i < 25 && (i < 2 || !unsettled().isEmpty()); i++) {
      resolve();
      if (living().isEmpty()) {
        start();
      }
      schedule.advance(Duration.ofSeconds(1));
    }
  }

  /// As the cluster's own resolver does in the end: the dead are removed.
  void resolve() {
    var dead = members.keySet().stream().filter(id -> !isAlive(id)).toList();
    living().forEach(member -> member.membership().down(dead, member.clock().get()));
  }

  /// What is not as it must be once all has come to rest.
  List<String> unsettled() {
    var wrong = new ArrayList<String>();
    for (var member : living()) {
      if (!store.roll().includes(member.id())) {
        wrong.add(member.id() + " is not in " + store.roll());
      } else if (!member.mayRead()) {
        wrong.add(member.id() + " has no lease, in " + store.roll());
      }
    }
    IntStream.range(0, partitions)
        .filter(
            partition -> living().stream().filter(member -> serves(member, partition)).count() != 1)
        .forEach(partition -> wrong.add("nobody, or more than one, serves " + partition));
    return wrong;
  }

  @Override
  public String toString() {
    return store.roll() + " " + placed + " " + living();
  }

  static boolean serves(SimulatedMember member, int partition) {
    var owner = member.owner(partition);
    return owner != null && owner.isServing() && member.mayRead();
  }
}
