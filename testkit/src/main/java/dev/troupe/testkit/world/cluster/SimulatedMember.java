package dev.troupe.testkit.world.cluster;

import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.PublishedLease;
import dev.troupe.runtime.lease.TwoClocks;
import dev.troupe.runtime.lease.logic.LeaseEffect;
import dev.troupe.runtime.lease.logic.LeaseLetter;
import dev.troupe.runtime.lease.logic.LeaseLogic;
import dev.troupe.runtime.lease.logic.LeaseMessage;
import dev.troupe.runtime.liveness.logic.LivenessEffect;
import dev.troupe.runtime.liveness.logic.LivenessLogic;
import dev.troupe.runtime.liveness.logic.LivenessMessage;
import dev.troupe.testkit.world.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One member: carries both machines as its actor does, and has partitions. It may be frozen, when
/// it does nothing and its clocks go on, or paused, when the steady one stands still as well.
final class SimulatedMember {

  private final MemberId id;
  private final MemberClock clock;
  private final LeaseSettings settings;
  private final ClusterWorld world;
  private final Schedule schedule;
  private final SimulatedProcess process;
  private final PublishedLease board;
  private final LeaseLogic leases;
  private final LivenessLogic liveness;
  private final SimulatedMembership membership;
  private final SimulatedBeats beats;
  private final Map<Integer, SimulatedOwner> owners = new TreeMap<>();

  private final Map<MemberId, Boolean> probed = new TreeMap<>();
  private Set<MemberId> told = Set.of();
  private long tickets;
  private @Nullable String stopped;

  SimulatedMember(
      MemberId id,
      MemberClock clock,
      LeaseSettings settings,
      Duration silence,
      ClusterWorld world) {
    this.id = id;
    this.clock = clock;
    this.settings = settings;
    this.world = world;
    this.schedule = world.schedule();
    this.process = new SimulatedProcess(schedule.mailbox());
    this.board = new PublishedLease(world.mutant() == Mutant.ONE_CLOCK ? this::steady : clock);
    this.leases = new LeaseLogic(id, settings);
    this.liveness = new LivenessLogic(id, silence);
    this.membership = new SimulatedMembership(id);
    this.beats = new SimulatedBeats(this, world.store(), settings);
    tick();
  }

  /// What the clocks show to who does not look at the wall.
  private TwoClocks steady() {
    return new TwoClocks(0, clock.get().steadyNanos());
  }

  MemberId id() {
    return id;
  }

  MemberClock clock() {
    return clock;
  }

  Mutant mutant() {
    return world.mutant();
  }

  SimulatedMembership membership() {
    return membership;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Why it ended by itself; null if it did not.
  @Nullable String stopped() {
    return stopped;
  }

  /// Whether a root may be handed out now.
  boolean mayRead() {
    return isAlive() && board.covers();
  }

  @Nullable SimulatedOwner owner(int partition) {
    return owners.get(partition);
  }

  // Its life

  /// Does something, when it is awake.
  void live(Runnable what) {
    process.live(what);
  }

  void freeze() {
    process.freeze();
  }

  void pause() {
    process.freeze();
    clock.pause();
  }

  void wake() {
    clock.resume();
    process.wake();
  }

  /// Ends it between two things that it does, as kill -9 does.
  void crash() {
    process.kill();
  }

  void stop(String why) {
    stopped = why;
    board.withdraw();
    crash();
  }

  private void tick() {
    live(() -> {
      if (membership.isDown(id)) {
        stop("the cluster has removed it");
        return;
      }
      world.probe(this);
      tellMembership();
      liveness(new LivenessMessage.Tick());
      lease(new LeaseMessage.Tick());
      owners.values().removeIf(SimulatedOwner::isGone);
      List.copyOf(owners.values()).forEach(SimulatedOwner::ask);
      schedule.after(settings.renewal(), this::tick);
    });
  }

  /// A probe shows whether somebody has a process, which is news only if it was not so before.
  void probed(MemberId other, boolean isAlive) {
    var before = probed.put(other, isAlive);
    if (before == null || before != isAlive) {
      liveness(isAlive ? new LivenessMessage.Connected(other) : new LivenessMessage.Refused(other));
    }
  }

  private void tellMembership() {
    var members = membership.members();
    if (!members.equals(told)) {
      told = members;
      liveness(new LivenessMessage.Membership(members));
    }
  }

  /// Calls the store.
  <T> void call(Supplier<T> what, Consumer<T> then, Runnable failed) {
    world.store().call(id, what, result -> live(() -> then.accept(result)), () -> live(failed));
  }

  // Leases

  long ticket() {
    return ++tickets;
  }

  void lease(LeaseMessage message) {
    var effects = leases.on(message, clock.get());
    for (var effect = effects.poll(); effect != null; effect = effects.poll()) {
      carryOut(effect);
    }
  }

  private void carryOut(LeaseEffect effect) {
    switch (effect) {
      case LeaseEffect.Send(var to, var letter) -> send(to, letter);
      case LeaseEffect.Beat(var beat) -> beats.beat(beat);
      case LeaseEffect.WriteRoll(var next) ->
          call(
              () -> world.store().change(next),
              newest -> lease(new LeaseMessage.RollWritten(newest)),
              () -> {});
      case LeaseEffect.Publish(var cover) -> board.publish(cover);
      case LeaseEffect.Act(var roll) -> liveness(new LivenessMessage.Acting(roll));
      case LeaseEffect.Ready(var ticket) ->
          live(() -> List.copyOf(owners.values()).forEach(owner -> owner.ready(ticket)));
      case LeaseEffect.LookAgain(var after) ->
          schedule.after(after, () -> live(() -> lease(new LeaseMessage.Look())));
      case LeaseEffect.Stop(var why, _) -> stop(why);
      case LeaseEffect.Concluded _, LeaseEffect.Report _, LeaseEffect.Follow _ -> {}
    }
  }

  private void send(MemberId to, LeaseLetter letter) {
    var sent = mutant().sends(letter, to, clock.get().wallMillis());
    if (sent != null) {
      world.send(this, to, member -> member.received(id, sent));
    }
    if (mutant() == Mutant.SENT_IS_KNOWN && letter instanceof LeaseLetter.NewRoll(var roll)) {
      live(() -> received(to, new LeaseLetter.Denied(0, roll.number())));
    }
  }

  private void received(MemberId from, LeaseLetter letter) {
    liveness(new LivenessMessage.Heard(from));
    lease(new LeaseMessage.Received(from, letter));
  }

  // The life of others

  void liveness(LivenessMessage message) {
    var effects = liveness.on(message, clock.get());
    for (var effect = effects.poll(); effect != null; effect = effects.poll()) {
      carryOut(effect);
    }
  }

  private void carryOut(LivenessEffect effect) {
    switch (effect) {
      case LivenessEffect.Vote(var victim, var why) ->
          world.sendToAll(
              this, member -> member.liveness(new LivenessMessage.Voted(id, victim, why)));
      case LivenessEffect.Distrust(var members) -> lease(new LeaseMessage.Distrusted(members));
      case LivenessEffect.Want(var roll, var members) ->
          lease(new LeaseMessage.Wanted(roll, members));
      case LivenessEffect.Remove(var victim) -> membership.down(Set.of(victim), clock.get());
    }
  }

  /// With a mistake that the design was first written with: removal counts as proof.
  boolean takesRemovalForProof(MemberId owner) {
    return mutant() == Mutant.REMOVAL_ENDS_GRANTS
        && membership.isDownFor(owner, settings.leaseIsOver(), clock.get());
  }

  // Partitions

  /// Sharding starts a partition here, if it is not there.
  void place(int partition) {
    var present = owners.get(partition);
    if (present == null || present.isGone()) {
      var owner = new SimulatedOwner(partition, this, world.store(), world.checks());
      owners.put(partition, owner);
      owner.start();
    }
  }

  void leave(int partition) {
    var owner = owners.get(partition);
    if (owner != null) {
      owner.leave();
    }
  }

  void askWhetherGone(MemberId owner, int partition, long epoch) {
    world.send(this, owner, former -> former.answerWhetherGone(this, partition, epoch));
  }

  private void answerWhetherGone(SimulatedMember asking, int partition, long epoch) {
    var owner = owners.get(partition);
    if (owner != null) {
      owner.giveUp(epoch);
    }
    world.send(
        this,
        asking.id(),
        member -> {
          var waiting = member.owner(partition);
          if (waiting != null) {
            waiting.formerIsGone(epoch);
          }
        });
  }

  void write(int partition) {
    var owner = owners.get(partition);
    if (owner != null) {
      owner.write();
    }
  }

  /// Reads as a request does: the root first, then the board, and anything may happen between.
  void read(int partition) {
    var owner = owners.get(partition);
    var root = owner == null ? OptionalLong.empty() : owner.root();
    if (owner != null && root.isPresent()) {
      long atLeast = world.checks().acknowledged(partition);
      schedule.sometime(
          Duration.ofMillis(50),
          () -> live(() -> answer(owner, partition, root.getAsLong(), atLeast)));
    }
  }

  private void answer(SimulatedOwner owner, int partition, long value, long atLeast) {
    if (board.covers() || mutant() == Mutant.ZOMBIE_READ) {
      world.checks().read(id, partition, value, atLeast);
      if (owner.root().isPresent()) {
        world.checks().readable(this, partition, owner.epoch());
      }
    }
  }

  @Override
  public String toString() {
    return id
        + (isAlive() ? "" : " ended " + (stopped == null ? "" : stopped))
        + (mayRead() ? " reads " : " ")
        + owners.values()
        + " sees "
        + membership.members();
  }
}
