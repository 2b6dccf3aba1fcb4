package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.members.MemberServer;
import java.util.List;

/// Lets members leave, all at once, and starts them again when they are gone and the fault is over.
final class DepartureInjection implements Injection {

  private final List<MemberServer> victims;
  private final MemberKeeper keeper;
  private boolean ending;
  private boolean over;

  DepartureInjection(List<MemberServer> victims, MemberKeeper keeper) {
    this.victims = List.copyOf(victims);
    this.keeper = keeper;
  }

  @Override
  public List<MemberServer> victims() {
    return victims;
  }

  @Override
  public void begin() {
    victims.forEach(keeper::hold);
    victims.forEach(MemberServer::leave);
  }

  @Override
  public void end() {
    ending = true;
  }

  @Override
  public void proceed() {
    if (ending && victims.stream().noneMatch(MemberServer::isAlive)) {
      victims.forEach(keeper::release);
      over = true;
    }
  }

  @Override
  public boolean isOver() {
    return over;
  }
}
