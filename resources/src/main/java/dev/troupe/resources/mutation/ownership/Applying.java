package dev.troupe.resources.mutation.ownership;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What comes of an object that is applied.
public sealed interface Applying {

  /// @param object with its owners, in the version of the request
  record Merged(ObjectNode object) implements Applying {}

  /// Others own what would be changed.
  record Conflicting(Refusal refusal) implements Applying {

    static Conflicting of(List<OwnershipConflict> conflicts) {
      var causes = new ArrayList<FieldCause>();
      for (var conflict : conflicts) {
        var words = "conflict with " + conflict.owner().words();
        conflict
            .fields()
            .paths()
            .forEach(
                path -> causes.add(new FieldCause(CauseType.FIELD_MANAGER_CONFLICT, words, path)));
      }
      return new Conflicting(
          new Refusal(
              StatusReason.CONFLICT,
              OwnershipConflict.words(conflicts),
              new Refusal.Details("", "", "", "", causes),
              0));
    }
  }
}
