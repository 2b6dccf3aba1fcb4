package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.MemberServers;
import java.util.List;
import java.util.function.Consumer;

/// Lets one more member join, and leave again.
final class JoinInjection implements Injection {

  private final MemberServers servers;
  private final MemberKeeper keeper;
  private final Consumer<MemberServer> joined;
  private List<MemberServer> victims = List.of();
  private boolean ending;

  /// @param joined told who has been started
  JoinInjection(MemberServers servers, MemberKeeper keeper, Consumer<MemberServer> joined) {
    this.servers = servers;
    this.keeper = keeper;
    this.joined = joined;
  }

  /// Who has joined, once it has begun.
  @Override
  public List<MemberServer> victims() {
    return victims;
  }

  @Override
  public void begin() {
    var member = servers.join();
    victims = List.of(member);
    joined.accept(member);
  }

  @Override
  public void end() {
    ending = true;
    victims.forEach(keeper::hold);
    victims.stream().filter(MemberServer::isAlive).forEach(MemberServer::leave);
  }

  @Override
  public void proceed() {
    if (ending && victims.stream().noneMatch(MemberServer::isAlive)) {
      victims.forEach(keeper::dismiss);
    }
  }

  @Override
  public boolean isOver() {
    return ending && victims.stream().noneMatch(servers.all()::contains);
  }
}
