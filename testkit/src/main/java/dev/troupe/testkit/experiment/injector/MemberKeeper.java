package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.MemberServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Starts members again that have ended, as systemd or Kubernetes would, but for those that a fault
/// keeps down.
public final class MemberKeeper {

  /// Between two starts of one that ends at once.
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final MemberServers servers;
  private final Consumer<MemberServer> started;
  private final LongSupplier nanos;
  private final Set<MemberServer> held = new HashSet<>();
  private final Set<MemberServer> starting = new HashSet<>();
  private final Map<MemberServer, Long> startedAt = new HashMap<>();

  /// @param started told whom it has started
  /// @param nanos a clock that only rises
  public MemberKeeper(MemberServers servers, Consumer<MemberServer> started, LongSupplier nanos) {
    this.servers = servers;
    this.started = started;
    this.nanos = nanos;
  }

  /// A member that has ended though nobody meant it to.
  ///
  /// @param code with which it has ended
  public record Ended(MemberServer member, int code) {}

  /// Keeps a member down from now on, once it has ended.
  void hold(MemberServer member) {
    held.add(member);
  }

  /// Starts a member that was kept down.
  void release(MemberServer member) {
    held.remove(member);
    if (!member.isAlive()) {
      revive(member);
    }
  }

  /// A member that was kept down is not one of them any more.
  void dismiss(MemberServer member) {
    servers.dismiss(member);
    held.remove(member);
    starting.remove(member);
  }

  private boolean isDue(MemberServer member) {
    var last = startedAt.get(member);
    return last == null || nanos.getAsLong() - last >= PAUSE.toNanos();
  }

  private void revive(MemberServer member) {
    servers.revive(member);
    startedAt.put(member, nanos.getAsLong());
    starting.add(member);
    started.accept(member);
  }

  /// Starts those that have ended.
  ///
  /// @return them, but for those that it has started itself and that have not been ready since: of
  ///   these it is known already that they are not there
  public List<Ended> look() {
    var ended = new ArrayList<Ended>();
    for (var member : servers.all()) {
      if (!member.isAlive() && !held.contains(member) && isDue(member)) {
        if (!starting.contains(member)) {
          ended.add(new Ended(member, member.awaitEnd()));
        }
        revive(member);
      }
    }
    return ended;
  }

  /// Those that it has started and that have not been ready since.
  public Set<MemberServer> starting() {
    return Set.copyOf(starting);
  }

  /// A member is ready.
  public void serves(MemberServer member) {
    starting.remove(member);
  }
}
