package dev.troupe.persistence.embedded;

import dev.troupe.persistence.embedded.files.Moment;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Comes to a process at a moment, at its `n`th time: by the signal of kill -9, so that nothing of
/// the process runs any more.
@SuppressWarnings("restricted")
final class Death implements Consumer<Moment> {

  static final String DYING = "dying at ";

  private static final int SIGKILL = 9;
  private static final MethodHandle RAISE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("raise"),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final Moment deadly;
  private final AtomicInteger left;

  Death(Moment deadly, int times) {
    this.deadly = deadly;
    left = new AtomicInteger(times);
  }

  @Override
  public void accept(Moment moment) {
    if (moment == deadly && left.decrementAndGet() == 0) {
      die();
    }
  }

  @SuppressWarnings("SystemOut")
  private void die() {
    System.out.println(DYING + deadly);
    try {
      int failed = (int) RAISE.invokeExact(SIGKILL);
      throw new AssertionError("alive: " + failed);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
