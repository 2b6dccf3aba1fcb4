package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.members.MemberServer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Lets one member after the other leave and starts it again, the next one when the one before
/// serves and every partition does. It is over when all have had their turn.
final class RollingInjection implements Injection {

  private final List<MemberServer> all;
  private final Queue<MemberServer> left;
  private final MemberKeeper keeper;
  private final Predicate<MemberServer> serves;
  private final Consumer<MemberServer> leaves;
  private @Nullable MemberServer current;
  private boolean starting;

  /// @param serves whether a member that was started again does, and what the others serve as well
  /// @param leaves told who begins to leave
  RollingInjection(
      List<MemberServer> all,
      MemberKeeper keeper,
      Predicate<MemberServer> serves,
      Consumer<MemberServer> leaves) {
    this.all = List.copyOf(all);
    this.left = new ArrayDeque<>(all);
    this.keeper = keeper;
    this.serves = serves;
    this.leaves = leaves;
  }

  @Override
  public List<MemberServer> victims() {
    return all;
  }

  @Override
  public void begin() {
    next();
  }

  private void next() {
    var member = left.poll();
    current = member;
    starting = false;
    if (member != null) {
      keeper.hold(member);
      leaves.accept(member);
      member.leave();
    }
  }

  @Override
  public void proceed() {
    var member = current;
    if (member == null) {
      return;
    }
    if (!starting && !member.isAlive()) {
      keeper.release(member);
      starting = true;
    } else if (starting && serves.test(member)) {
      next();
    }
  }

  @Override
  public boolean isDone() {
    return current == null;
  }

  @Override
  public void end() {
    // It ends when all have had their turn.
  }

  @Override
  public boolean isOver() {
    return current == null;
  }
}
