package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.members.MemberServer;
import java.util.List;
import java.util.function.Supplier;

/// Something that is done at once, and undone at once at the end.
///
/// @param tells what else there is to say of it
record PlainInjection(
    List<MemberServer> victims, Runnable begins, Runnable ends, Supplier<String> tells)
    implements Injection {

  PlainInjection {
    victims = List.copyOf(victims);
  }

  PlainInjection(List<MemberServer> victims, Runnable begins, Runnable ends) {
    this(victims, begins, ends, () -> "");
  }

  @Override
  public String detail() {
    return tells.get();
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
