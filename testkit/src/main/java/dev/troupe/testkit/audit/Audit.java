package dev.troupe.testkit.audit;

import java.util.ArrayList;
import java.util.List;

/// Holds a history against what a server promises.
public final class Audit {

  private Audit() {}

  /// @return what is wrong; empty if nothing is
  public static List<Violation> of(ClientHistory history) {
    var violations = new ArrayList<Violation>();
    new VersionAudit(history, violations).run();
    new WatchAudit(history, violations).run();
    new ListAudit(history, violations).run();
    new ObjectAudit(history, violations).run();
    return violations;
  }
}
