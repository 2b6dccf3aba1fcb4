package dev.troupe.testkit.members;

import java.util.List;

/// Where members are, and how they are cut off. They are counted from 1.
public interface MemberNetwork extends AutoCloseable {

  /// The address of a member.
  String host(int member);

  /// The database's URL, as a member sees it.
  String storeUrl(int member, String url);

  /// The port that a member listens on for what the others send to its own.
  default int bindPort(int member, int port) {
    return port;
  }

  /// What a member's JVM is told for it.
  default List<String> options(int member) {
    return List.of();
  }

  /// What runs a command at a member's place.
  List<String> at(int member, List<String> command);

  /// Cuts one member off from another, in both directions; nobody is told.
  void cut(int one, int other);

  /// Loses what one member sends to another; what that one sends arrives.
  void cutOneWay(int from, int to);

  /// Cuts a member off from everything.
  void cutOff(int member);

  /// Loses so many of a hundred packets between a member and the others, by chance.
  void lose(int member, int percent);

  /// Loses no packets between a member and the others any more.
  void loseNothing(int member);

  /// What is cut is joined.
  void heal();

  @Override
  void close();
}
