package dev.troupe.testkit.members;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A network whose members are kept out of what is done to all processes of a terminal: whoever
/// interrupts the one who started them does not interrupt them.
public record ApartNetwork(MemberNetwork network) implements MemberNetwork {

  /// Empty where there is no such program.
  private static final List<String> APART =
      Stream.of("/usr/bin/setsid", "/bin/setsid")
          .filter(program -> Files.isExecutable(Path.of(program)))
          .limit(1)
          .toList();

  @Override
  public String host(int member) {
    return network.host(member);
  }

  @Override
  public String storeUrl(int member, String url) {
    return network.storeUrl(member, url);
  }

  @Override
  public int bindPort(int member, int port) {
    return network.bindPort(member, port);
  }

  @Override
  public List<String> options(int member) {
    return network.options(member);
  }

  @Override
  public List<String> at(int member, List<String> command) {
    var all = new ArrayList<>(APART);
    all.addAll(network.at(member, command));
    return all;
  }

  @Override
  public void cut(int one, int other) {
    network.cut(one, other);
  }

  @Override
  public void cutOneWay(int from, int to) {
    network.cutOneWay(from, to);
  }

  @Override
  public void cutOff(int member) {
    network.cutOff(member);
  }

  @Override
  public void heal() {
    network.heal();
  }

  @Override
  public void close() {
    network.close();
  }
}
