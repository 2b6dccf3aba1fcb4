package dev.troupe.clusterconfig.endtoend;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.clusterconfig.command.TroupeCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The `troupe` command, whose log breaks when it is told the name of a device on its standard
/// input: what is written to the log goes to that device from then on. `/dev/null` takes every
/// write and fails every sync, `/dev/full` fails every write.
@SuppressWarnings("restricted")
final class BreakableLog {

  private static final Path FILES = Path.of("/proc/self/fd");
  private static final Pattern LOG = Pattern.compile(".*/store/[0-9]+\\.log");
  private static final int WRITE_ONLY = 1;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle DUP2 =
      function("dup2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private BreakableLog() {}

  public static void main(String[] arguments) {
    Thread.ofPlatform().daemon().name("breaker").start(BreakableLog::breakWhenTold);
    TroupeCommand.main(arguments);
  }

  private static MethodHandle function(
      String name, FunctionDescriptor types, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), types, options);
  }

  private static void breakWhenTold() {
    try (var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        var arena = Arena.ofConfined()) {
      var device = in.readLine();
      if (device != null) {
        int broken = (int) OPEN.invokeExact(arena.allocateFrom(device), WRITE_ONLY);
        var files = logFiles();
        if (files.isEmpty()) {
          throw new IOException("there is no log");
        }
        for (int file : files) {
          int done = (int) DUP2.invokeExact(broken, file);
          if (done != file) {
            throw new IOException("cannot break " + file + " by " + broken);
          }
        }
      }
    } catch (Throwable failure) {
      throw new IllegalStateException("the log stays whole", failure);
    }
  }

  private static List<Integer> logFiles() throws IOException {
    try (var files = Files.list(FILES)) {
      return files
          .filter(BreakableLog::isLog)
          .map(file -> Integer.valueOf(file.getFileName().toString()))
          .toList();
    }
  }

  private static boolean isLog(Path file) {
    try {
      return LOG.matcher(Files.readSymbolicLink(file).toString()).matches();
    } catch (NoSuchFileException closed) {
      return false;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
