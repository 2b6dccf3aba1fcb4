package dev.troupe.clusterconfig.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.clusterconfig.command.TroupeCommand;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.slf4j.LoggerFactory;

/// The `troupe` command, to which the worst happens when it is told what on its standard input.
final class FatalWhenTold {

  private static final int PIECE = 1 << 20;

  /// More than any machine has.
  private static final long ENDLESS_STACK = 1L << 46;

  private FatalWhenTold() {}

  public static void main(String[] arguments) {
    System.setProperty("io.netty.maxDirectMemory", Integer.toString(64 * PIECE));
    System.setProperty("pekko.actor.typed.extensions.0", FatalActors.Id.class.getName());
    Thread.ofPlatform().daemon().name("worst").start(FatalWhenTold::whenTold);
    TroupeCommand.main(arguments);
  }

  private static void whenTold() {
    try (var in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      switch (String.valueOf(in.readLine())) {
        case "heap" -> exhaustHeap();
        case "direct" -> exhaustDirectMemory();
        case "thread" -> startAThreadThatCannotBe();
        case "caught" -> catchAndTell();
        case "linkage" ->
            FatalActors.failBy(() -> {
              throw new NoSuchMethodError("'void dev.troupe.Some.method()'");
            });
        case "stack" -> FatalActors.failBy(() -> overflow(0));
        case "system" -> FatalActors.endSystem();
        default -> {}
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void exhaustHeap() {
    Object[] kept = new Object[0];
    while (true) {
      try {
        kept = new Object[] {kept, new byte[PIECE]};
      } catch (OutOfMemoryError swallowed) {
        // As somebody's catch-all does.
      }
    }
  }

  /// Takes what the server's event loops live on, and leaves it to them to notice.
  private static void exhaustDirectMemory() throws IOException {
    List<ByteBuf> kept = new ArrayList<>();
    for (int piece = PIECE; piece >= 1024; piece /= 2) {
      while (take(kept, piece)) {
        Thread.onSpinWait();
      }
    }
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      throw new IOException(kept.size() + " pieces", e);
    }
  }

  private static boolean take(List<ByteBuf> kept, int bytes) {
    try {
      return kept.add(UnpooledByteBufAllocator.DEFAULT.directBuffer(bytes));
    } catch (OutOfMemoryError full) {
      return false;
    }
  }

  private static void startAThreadThatCannotBe() {
    new Thread(null, () -> {}, "impossible", ENDLESS_STACK).start();
  }

  private static int overflow(int depth) {
    return depth < 0 ? depth : overflow(depth + 1) + 1;
  }

  private static void catchAndTell() {
    var pool = Executors.newSingleThreadExecutor();
    CompletableFuture.runAsync(
            () -> {
              throw new NoClassDefFoundError("Could not initialize class Some");
            },
            pool)
        .exceptionally(failure -> {
          LoggerFactory.getLogger(FatalWhenTold.class)
              .warn("{} of {} failed", "a task", "some", failure);
          return null;
        });
  }
}
