package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.audit.ClientHistory;
import dev.troupe.testkit.experiment.observer.MemberLogLine;
import java.util.List;

/// All that was seen in a run of what invariants speak of.
///
/// @param history what clients did and saw
/// @param killed when everybody was killed, each time, by the clock of the history
/// @param lines of members' logs
public record Evidence(ClientHistory history, List<Long> killed, List<MemberLogLine> lines) {

  public Evidence {
    killed = List.copyOf(killed);
    lines = List.copyOf(lines);
  }
}
