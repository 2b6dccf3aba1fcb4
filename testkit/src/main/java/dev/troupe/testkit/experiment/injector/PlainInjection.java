package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.members.MemberServer;
import java.util.List;

/// Something that is done at once, and undone at once at the end.
record PlainInjection(List<MemberServer> victims, Runnable begins, Runnable ends)
    implements Injection {

  PlainInjection {
    victims = List.copyOf(victims);
  }

  @Override
  public void begin() {
    begins.run();
  }

  @Override
  public void end() {
    ends.run();
  }
}
