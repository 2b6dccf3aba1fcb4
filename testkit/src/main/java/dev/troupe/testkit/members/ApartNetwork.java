package dev.troupe.testkit.members;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// A network whose members are kept out of what is done to all processes of a terminal: whoever
/// interrupts the one who started them does not interrupt them.
public final class ApartNetwork extends NetworkAround {

  /// Empty where there is no such program.
  private static final List<String> APART =
      Stream.of("/usr/bin/setsid", "/bin/setsid")
          .filter(program -> Files.isExecutable(Path.of(program)))
          .limit(1)
          .toList();

  private final IntFunction<List<String>> start;
  private final IntFunction<List<String>> jvm;

  public ApartNetwork(MemberNetwork network) {
    this(network, _ -> List.of(), _ -> List.of());
  }

  /// @param start what the command of each is to begin with
  /// @param jvm what the JVM of each is told as well
  public ApartNetwork(
      MemberNetwork network, IntFunction<List<String>> start, IntFunction<List<String>> jvm) {
    super(network);
    this.start = start;
    this.jvm = jvm;
  }

  @Override
  public List<String> options(int member) {
    var all = new ArrayList<>(super.options(member));
    all.addAll(jvm.apply(member));
    return all;
  }

  @Override
  public List<String> at(int member, List<String> command) {
    var all = new ArrayList<>(APART);
    all.addAll(start.apply(member));
    all.addAll(super.at(member, command));
    return all;
  }
}
