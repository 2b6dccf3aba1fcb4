package dev.troupe.testkit.world.cluster;

import dev.troupe.runtime.lease.logic.LeaseMessage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One partition at one member, as far as taking over has to do with it: it opens under a lease
/// that is younger than its placing, waits until nobody else can read, notes itself as the owner,
/// and serves one number that only grows.
final class SimulatedOwner {

  private enum State {
    WAITING,
    OPENING,
    GUARDING,
    OWNING,
    SERVING,
    LEAVING,
    GONE
  }

  private final int partition;
  private final SimulatedMember member;
  private final SharedStore store;
  private final ClusterChecks checks;

  private State state = State.WAITING;
  private long ticket;
  private long epoch;
  private SharedStore.@Nullable Opened opened;

  /// What can be read, if the board allows it.
  private @Nullable Long root;

  /// What is being stored.
  private @Nullable Long inFlight;

  SimulatedOwner(int partition, SimulatedMember member, SharedStore store, ClusterChecks checks) {
    this.partition = partition;
    this.member = member;
    this.store = store;
    this.checks = checks;
  }

  void start() {
    state = State.WAITING;
    awaitLease();
  }

  private void awaitLease() {
    ticket = member.ticket();
    member.lease(new LeaseMessage.AwaitLease(ticket));
  }

  boolean isGone() {
    return state == State.GONE;
  }

  boolean isServing() {
    return state == State.SERVING;
  }

  long epoch() {
    return epoch;
  }

  OptionalLong root() {
    return root == null ? OptionalLong.empty() : OptionalLong.of(root);
  }

  /// What was waited for is there.
  void ready(long which) {
    if (which != ticket) {
      return;
    }
    switch (state) {
      case WAITING -> open();
      case GUARDING -> own();
      case OPENING, OWNING, SERVING, LEAVING, GONE -> {}
    }
  }

  private void open() {
    state = State.OPENING;
    member.call(
        () -> store.open(partition, member.id()),
        this::opened,
        () -> {
          if (state == State.OPENING) {
            start();
          }
        });
  }

  private void opened(SharedStore.Opened next) {
    if (state != State.OPENING) {
      return;
    }
    opened = next;
    epoch = next.epoch();
    state = State.GUARDING;
    guard();
  }

  private void guard() {
    var owner = opened == null || opened.clean() ? null : opened.owner();
    if (owner == null || member.takesRemovalForProof(owner)) {
      awaitLease();
    } else {
      ticket = member.ticket();
      member.lease(new LeaseMessage.AwaitGuard(ticket, owner));
      ask();
    }
  }

  /// A former owner that lives can say that it is none any more.
  void ask() {
    if (state == State.GUARDING && opened != null && !opened.clean() && opened.owner() != null) {
      member.askWhetherGone(opened.owner(), partition, epoch);
      if (member.takesRemovalForProof(opened.owner())) {
        formerIsGone(epoch);
      }
    }
  }

  void formerIsGone(long ofEpoch) {
    if (state == State.GUARDING && ofEpoch == epoch) {
      member.lease(new LeaseMessage.Forget(ticket));
      awaitLease();
    }
  }

  /// Somebody has a newer epoch: whatever this one could still read or come to serve, it gives up.
  void giveUp(long newer) {
    if (epoch < newer && (root != null || state.compareTo(State.GUARDING) >= 0)) {
      finish();
    }
  }

  private void own() {
    state = State.OWNING;
    member.call(
        () -> store.own(partition, epoch, member.id()),
        isOwn -> {
          if (state == State.OWNING && isOwn) {
            serve();
          } else if (state == State.OWNING) {
            fenced();
          }
        },
        () -> {
          if (state == State.OWNING) {
            start();
          }
        });
  }

  private void serve() {
    if (opened == null) {
      throw new IllegalStateException("partition " + partition + " serves and was never opened");
    }
    state = State.SERVING;
    root = opened.value();
    if (inFlight != null && inFlight <= opened.value()) {
      checks.acknowledged(partition, inFlight);
    }
    inFlight = null;
    checks.begins(member, partition, epoch);
  }

  void write() {
    if (state != State.SERVING || inFlight != null || root == null) {
      return;
    }
    long value = root + 1;
    inFlight = value;
    long ofEpoch = epoch;
    member.call(
        () -> store.append(partition, ofEpoch, value),
        isStored -> {
          if (state == State.SERVING && epoch == ofEpoch) {
            stored(value, isStored);
          }
        },
        () -> {
          if (state == State.SERVING && epoch == ofEpoch) {
            // What is readable stays so, until the next epoch knows better.
            start();
          }
        });
  }

  private void stored(long value, boolean isStored) {
    inFlight = null;
    if (isStored) {
      root = value;
      checks.acknowledged(partition, value);
    } else {
      fenced();
    }
  }

  private void fenced() {
    if (member.mutant() == Mutant.REOPEN_AFTER_A_FENCE) {
      var again = store.open(partition, member.id());
      epoch = again.epoch();
      root = again.value();
      state = State.SERVING;
    } else {
      finish();
    }
  }

  /// Hands over: nothing can be read any more before the epoch is closed.
  void leave() {
    if (state == State.LEAVING || state == State.GONE) {
      return;
    }
    boolean served = state == State.SERVING && inFlight == null;
    long ofEpoch = epoch;
    root = null;
    state = State.LEAVING;
    member.lease(new LeaseMessage.Forget(ticket));
    member.call(() -> store.close(partition, ofEpoch, served), _ -> finish(), this::finish);
  }

  void finish() {
    root = null;
    state = State.GONE;
    member.lease(new LeaseMessage.Forget(ticket));
  }

  @Override
  public String toString() {
    return partition + " " + state + " in " + epoch + (root == null ? "" : " reads " + root);
  }
}
