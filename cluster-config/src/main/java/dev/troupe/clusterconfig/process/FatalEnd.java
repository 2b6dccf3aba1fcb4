package dev.troupe.clusterconfig.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the process after a fatal error, wherever that is seen: at the end of a thread, or in what
/// is logged. A process that went on would say that it serves, and not do it.
///
/// The JVM itself ends where its heap is exhausted (`-XX:+ExitOnOutOfMemoryError`). That option
/// knows nothing of direct memory and of threads, nor of errors that are no lack of memory; and
/// whoever catches those, as event loops and futures do, goes on.
///
/// It ends at once, without the hooks of a clean stop: these may wait for what will not happen any
/// more, and the store needs none of them.
public final class FatalEnd {

  private static final Logger LOG = LoggerFactory.getLogger(FatalEnd.class);

  /// As the JVM's own.
  static final int EXIT_CODE = 3;

  /// To say why must not keep the process: nobody may be reading.
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private static final CountDownLatch ENDING = new CountDownLatch(1);
  private static final AtomicBoolean INSTALLED = new AtomicBoolean();
  private static final AtomicBoolean SPOKEN = new AtomicBoolean();

  private FatalEnd() {}

  /// From now on this process ends after a fatal error.
  public static void install() {
    if (INSTALLED.compareAndSet(false, true)) {
      // Begun now: when there are no threads to be had is too late.
      Thread.ofPlatform().daemon().name("fatal-end").start(FatalEnd::endSoon);
      Thread.setDefaultUncaughtExceptionHandler(FatalEnd::uncaught);
    }
  }

  private static void endSoon() {
    try {
      ENDING.await();
      Thread.sleep(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  private static void uncaught(Thread thread, Throwable thrown) {
    FatalErrors.in(thrown).ifPresent(FatalEnd::end);
    LOG.error("thread {} has ended by a bug", thread.getName(), thrown);
  }

  /// Ends the process if this, or what caused it, is fatal.
  static void unlessSurvived(@Nullable Throwable seen) {
    if (seen != null && INSTALLED.get()) {
      FatalErrors.in(seen).ifPresent(FatalEnd::end);
    }
  }

  /// Whether the process is ending by a fatal error, and has said so.
  static boolean isTold() {
    return SPOKEN.get();
  }

  private static void end(Throwable fatal) {
    ENDING.countDown();
    if (SPOKEN.compareAndSet(false, true)) {
      say(
          "troupe: ended by a fatal error: %s (in thread %s); what was acknowledged is stored,"
                  .formatted(fatal, Thread.currentThread().getName())
              + " start it again\n");
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  /// Past the locks of the streams: whoever has one may be stuck.
  @SuppressWarnings("resource") // It is the process's own.
  private static void say(String line) {
    try {
      new FileOutputStream(FileDescriptor.err).write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Nobody listens; the exit code is left.
    }
  }
}
