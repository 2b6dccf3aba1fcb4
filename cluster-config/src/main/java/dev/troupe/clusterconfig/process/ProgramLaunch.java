package dev.troupe.clusterconfig.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Command lines of processes that run the program that runs here, on the same JVM and with the
/// same flags.
///
/// @param program the class whose `main` it is
public record ProgramLaunch(Class<?> program) {

  private static final String DATA_PROPERTY = "-Dtroupe.data=";

  /// Where the output of a process goes, if it is to keep that within bounds.
  private static final String LOG_PROPERTY = "troupe.log";

  private static final String HEAP_SHARE = "-XX:MaxRAMPercentage=";

  /// Nobody watches a process in the background: one that cannot go on ends.
  private static final String EXIT_WITHOUT_HEAP = "-XX:+ExitOnOutOfMemoryError";

  /// How much of the machine's memory the heaps of many may take together: a database and what is
  /// not heap need some, too.
  private static final double SHARE_OF_ALL = 50;

  /// What one takes if nothing is said, as the JVM has it.
  private static final double SHARE_OF_ONE = 25;

  /// Where the output of this process goes, if somebody has started it in the background.
  public static Optional<Path> ownLog() {
    return Optional.ofNullable(System.getProperty(LOG_PROPERTY)).map(Path::of);
  }

  /// Words before a command line that keep the process out of what is done to all processes of a
  /// terminal: who starts it is interrupted there, and then stops it. Empty where there is no such
  /// program.
  public static List<String> apart() {
    return Stream.of("/usr/bin/setsid", "/bin/setsid")
        .filter(program -> Files.isExecutable(Path.of(program)))
        .limit(1)
        .toList();
  }

  /// @param data its data directory, which is seen in lists of processes
  /// @param log where its output goes
  /// @param many how many such processes share the machine
  /// @param words of the command
  public List<String> commandLine(Path data, Path log, int many, List<String> words) {
    var line = new ArrayList<String>();
    line.add(System.getProperty("java.home") + "/bin/java");
    line.addAll(flags(ManagementFactory.getRuntimeMXBean().getInputArguments(), many));
    // Before the class path: tools that show processes cut long command lines.
    line.add(DATA_PROPERTY + data);
    line.add("-D" + LOG_PROPERTY + "=" + log);
    line.addAll(List.of("-cp", ManagementFactory.getRuntimeMXBean().getClassPath()));
    line.add(program.getName());
    line.addAll(words);
    return line;
  }

  /// @param own of this JVM; what they say of the heap stands
  static List<String> flags(List<String> own, int many) {
    var flags = new ArrayList<String>();
    own.stream()
        .filter(
            flag -> !flag.startsWith(DATA_PROPERTY) && !flag.startsWith("-D" + LOG_PROPERTY + "="))
        .forEach(flags::add);
    if (!flags.contains(EXIT_WITHOUT_HEAP)) {
      flags.add(EXIT_WITHOUT_HEAP);
    }
    if (SHARE_OF_ALL / many < SHARE_OF_ONE && flags.stream().noneMatch(ProgramLaunch::sizesHeap)) {
      flags.add(HEAP_SHARE + String.format(Locale.ROOT, "%.1f", SHARE_OF_ALL / many));
    }
    return flags;
  }

  private static boolean sizesHeap(String flag) {
    return flag.startsWith("-Xmx")
        || flag.startsWith("-XX:MaxHeapSize=")
        || flag.startsWith(HEAP_SHARE);
  }
}
