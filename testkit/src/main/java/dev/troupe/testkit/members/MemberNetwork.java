package dev.troupe.testkit.members;

import java.util.List;

/// Where members are, and how they are cut off. They are counted from 1.
public interface MemberNetwork extends AutoCloseable {

  /// The address of a member.
  String host(int member);

  /// The database's URL, as members see it.
  String storeUrl(String url);

  /// What runs a command at a member's place.
  List<String> at(int member, List<String> command);

  /// Cuts one member off from another, in both directions; nobody is told.
  void cut(int one, int other);

  /// Cuts a member off from everything.
  void cutOff(int member);

  void heal();

  @Override
  void close();
}
