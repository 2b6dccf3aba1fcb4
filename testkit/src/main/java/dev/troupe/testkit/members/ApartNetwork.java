package dev.troupe.testkit.members;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  public ApartNetwork(MemberNetwork network) {
    super(network);
  }

  @Override
  public List<String> at(int member, List<String> command) {
    var all = new ArrayList<>(APART);
    all.addAll(super.at(member, command));
    return all;
  }
}
