package dev.troupe.testkit.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a program of Troupe is started on the class path of the caller.
public final class JavaCommand {

  /// The program that `troupe` is.
  public static final String TROUPE = "dev.troupe.clusterconfig.command.TroupeCommand";

  private static final String START_CACHE = "-XX:AOTCache=";

  private static final List<String> INHERITED =
      List.of(
          START_CACHE,
          "-Xmx",
          "-Xlog:",
          "-XX:G1PeriodicGCInterval=",
          "-XX:MinHeapFreeRatio=",
          "-XX:MaxHeapFreeRatio=",
          "-XX:TrimNativeHeapInterval=");

  private JavaCommand() {}

  /// @param options of the JVM, which count more than those that the caller was started with
  public static List<String> of(String program, List<String> options, List<String> words) {
    return of(program, System.getProperty("java.class.path"), asTheCaller(), options, words);
  }

  /// The same of another build.
  ///
  /// @param classPath of that
  public static List<String> ofBuild(
      String program, String classPath, List<String> options, List<String> words) {
    var inherited =
        asTheCaller().stream().filter(option -> !option.startsWith(START_CACHE)).toList();
    return of(program, classPath, inherited, options, words);
  }

  private static List<String> of(
      String program,
      String classPath,
      List<String> inherited,
      List<String> options,
      List<String> words) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseG1GC",
            "-Xmx1g"));
    command.addAll(inherited);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, program));
    command.addAll(words);
    return command;
  }

  /// The caller's own start cache, if it was started with one, its largest heap, and how it gives
  /// memory back: they fit, as the class path is the same.
  private static List<String> asTheCaller() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> INHERITED.stream().anyMatch(option::startsWith))
        .toList();
  }
}
