package dev.troupe.clusterconfig.ensemble;

import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.InstanceFile;
import dev.troupe.clusterconfig.supervision.MemberProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is where in the data directory of many members, beside what is there for one:
///
/// | | |
/// | --- | --- |
/// | `members.json` | which members there are, and at which ports |
/// | `members/NAME` | the data directory of each: `member.conf`, `pki`, `troupe.log` |
/// | `database` | the PostgreSQL that comes along |
public record EnsembleDirectory(Path root) {

  /// Which members there are.
  public EnsembleFile file() {
    return new EnsembleFile(root.resolve("members.json"));
  }

  public Path database() {
    return root.resolve("database");
  }

  /// The data directory of a member.
  public Path of(Seat seat) {
    return root.resolve("members").resolve(seat.name());
  }

  public Path configuration(Seat seat) {
    return of(seat).resolve("member.conf");
  }

  public Path certificates(Seat seat) {
    return of(seat).resolve("pki");
  }

  public Path log(Seat seat) {
    return of(seat).resolve("troupe.log");
  }

  /// The member's process as whoever watches over it or stops it sees it.
  ///
  /// @param command starts it
  public MemberProcess process(Seat seat, List<String> command) {
    return new MemberProcess(seat.name(), of(seat), command);
  }

  /// Whether somebody has stopped it and it is not to be started again.
  public boolean isHeld(Seat seat) {
    return !process(seat, List.of()).isWanted();
  }

  /// The member's process, if it runs.
  public Optional<Instance> running(Seat seat) {
    return InstanceFile.runningIn(of(seat));
  }
}
