package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.members.MemberServer;
import java.util.List;
import java.util.function.Consumer;

/// Lets members leave and starts them again as something else; when the fault is over, they leave
/// again and are started as they were.
final class RestartInjection implements Injection {

  private final List<MemberServer> victims;
  private final MemberKeeper keeper;
  private final Consumer<MemberServer> change;
  private final Consumer<MemberServer> undo;
  private boolean leaving;
  private boolean ending;
  private boolean over;

  /// @param change of a member that is not there
  /// @param undo of the change, of one that is not there
  RestartInjection(
      List<MemberServer> victims,
      MemberKeeper keeper,
      Consumer<MemberServer> change,
      Consumer<MemberServer> undo) {
    this.victims = List.copyOf(victims);
    this.keeper = keeper;
    this.change = change;
    this.undo = undo;
  }

  @Override
  public List<MemberServer> victims() {
    return victims;
  }

  @Override
  public void begin() {
    leave();
  }

  private void leave() {
    leaving = true;
    victims.forEach(keeper::hold);
    victims.stream().filter(MemberServer::isAlive).forEach(MemberServer::leave);
  }

  @Override
  public void end() {
    ending = true;
    if (!leaving) {
      leave();
    }
  }

  @Override
  public void proceed() {
    if (leaving && victims.stream().noneMatch(MemberServer::isAlive)) {
      leaving = false;
      victims.forEach(ending ? undo : change);
      victims.forEach(keeper::release);
      over = ending;
    }
  }

  @Override
  public boolean isOver() {
    return over;
  }
}
