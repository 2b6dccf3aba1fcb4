package dev.troupe.testkit.experiment.injector;

import dev.troupe.testkit.members.MemberServer;
import java.util.List;

/// A fault that is being done. Whoever carries it calls it again and again; it never waits itself
/// but for the operating system.
public interface Injection {

  /// Whom it hits; empty if no member.
  List<MemberServer> victims();

  /// Does it.
  void begin();

  /// Goes on with it, or with undoing it. Called many times a second until it is over.
  default void proceed() {}

  /// Whether it has done all that it does, so that its end need not be waited for.
  default boolean isDone() {
    return false;
  }

  /// Undoes it, or begins to.
  void end();

  /// What else there is to say of it when it is over; empty if nothing.
  default String detail() {
    return "";
  }

  /// Whether all of it is undone, once its end has begun.
  default boolean isOver() {
    return true;
  }
}
