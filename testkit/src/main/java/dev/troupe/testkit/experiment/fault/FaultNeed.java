package dev.troupe.testkit.experiment.fault;

/// What a fault needs of the machine on which an experiment runs.
public enum FaultNeed {
  /// A network namespace for each member.
  NAMESPACES("network namespaces", "root, and ip of iproute2"),
  /// A way to lose packets by chance.
  PACKET_FILTERS("packet filters", "root, tc of iproute2, and a kernel whose tc takes bpf"),
  /// Connections that go through the testkit's own TCP proxy.
  PROXY("the fault proxy", "nothing else: the experiment lets connections go through it"),
  /// A control group for each member.
  CGROUPS("control groups", "root, and a cgroup file system that can be written"),
  /// A control group for each member, of its memory.
  MEMORY_GROUPS("control groups of memory", "root, and a cgroup file system that can be written"),
  /// A control group for the database, of its disk.
  DISK_GROUPS("control groups of disks", "root, and a cgroup file system that can be written"),
  /// A database that the experiment has started, and may stop.
  OWN_DATABASE("a database of its own", "that the experiment starts PostgreSQL itself"),
  /// A standby that the database's facts go to at once.
  STANDBY("a standby", "that the experiment starts two databases"),
  /// A file system for the database alone.
  OWN_DISK("a disk of its own", "root, to mount one, and mkfs.ext4 and e2fsck of e2fsprogs"),
  /// A clock of each process that can be told a wrong time.
  OWN_CLOCK("a clock of its own", "nothing else: an agent in each member's JVM is told the time"),
  /// What was released before.
  OLDER_BUILD("an older build", "the directory of one, in `members.older-build`");

  private final String title;
  private final String met;

  FaultNeed(String title, String met) {
    this.title = title;
    this.met = met;
  }

  /// For people, in a word or two.
  public String title() {
    return title;
  }

  /// What it takes to have it.
  public String met() {
    return met;
  }
}
