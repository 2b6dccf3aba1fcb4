package dev.troupe.persistence.embedded;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// Files of a process that kills itself when it comes to a moment for the `n`th time: with the
/// signal of kill -9, so that nothing of it runs any more.
@SuppressWarnings("restricted")
final class DeadlyFiles implements FileAccess {

  static final String DYING = "dying at ";

  private static final int SIGKILL = 9;
  private static final MethodHandle RAISE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("raise"),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final DiskFiles disk = new DiskFiles();
  private final Moment deadly;
  private final AtomicInteger left;

  DeadlyFiles(Moment deadly, int times) {
    this.deadly = deadly;
    left = new AtomicInteger(times);
  }

  @Override
  public void reached(Moment moment) {
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

  @Override
  public StoreFile create(Path path) throws IOException {
    return disk.create(path);
  }

  @Override
  public StoreFile open(Path path) throws IOException {
    return disk.open(path);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(path);
  }

  @Override
  public long usable(Path directory) {
    return disk.usable(directory);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    disk.syncDirectory(directory);
  }
}
