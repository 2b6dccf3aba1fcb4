package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.audit.ClientHistory;
import dev.troupe.testkit.experiment.observer.MemberLogLine;
import dev.troupe.testkit.experiment.witness.Testimony;
import java.util.List;

/// All that was seen in a run of what invariants speak of.
///
/// @param histories what clients did and saw, each of something whose versions can be compared
/// @param killed when everybody was killed, each time, by the clock of clients
/// @param lines of members' logs
/// @param testimony of those who looked on
public record Evidence(
    List<ClientHistory> histories,
    List<Long> killed,
    List<MemberLogLine> lines,
    Testimony testimony) {

  public Evidence {
    histories = List.copyOf(histories);
    killed = List.copyOf(killed);
    lines = List.copyOf(lines);
  }
}
