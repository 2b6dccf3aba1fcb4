package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.experiment.fault.InjectedFault.Freeze;
import dev.troupe.testkit.experiment.fault.InjectedFault.Kill;
import dev.troupe.testkit.experiment.fault.InjectedFault.ProcessFault;
import dev.troupe.testkit.members.MemberServer;
import java.util.List;

/// Kills members, or freezes them; starts them again, or lets them go on.
record ProcessInjection(ProcessFault fault, List<MemberServer> victims, MemberKeeper keeper)
    implements Injection {

  ProcessInjection {
    victims = List.copyOf(victims);
  }

  @Override
  public void begin() {
    switch (fault) {
      case Kill _ -> {
        victims.forEach(keeper::hold);
        // All at once: none of them has the time to see the others go.
        victims.forEach(
            victim -> ProcessHandle.of(victim.pid()).ifPresent(ProcessHandle::destroyForcibly));
        victims.forEach(MemberServer::kill);
      }
      case Freeze _ -> victims.forEach(MemberServer::freeze);
    }
  }

  @Override
  public void end() {
    switch (fault) {
      case Kill _ -> victims.forEach(keeper::release);
      case Freeze _ -> victims.stream().filter(MemberServer::isAlive).forEach(MemberServer::thaw);
    }
  }
}
