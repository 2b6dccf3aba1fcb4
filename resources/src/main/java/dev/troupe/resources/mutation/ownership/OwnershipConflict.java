package dev.troupe.resources.mutation.ownership;

import dev.troupe.resources.ownership.field.FieldSet;
import java.util.List;

/// An owner, and fields that it has and somebody else would change.
record OwnershipConflict(FieldOwner owner, FieldSet fields) {

  static int count(List<OwnershipConflict> conflicts) {
    return conflicts.stream().mapToInt(conflict -> conflict.fields().paths().size()).sum();
  }

  /// What is said of all of them.
  static String words(List<OwnershipConflict> conflicts) {
    int count = count(conflicts);
    if (count == 1) {
      var only = conflicts.getFirst();
      return "Apply failed with 1 conflict: conflict with "
          + only.owner().words()
          + ": "
          + only.fields().paths().getFirst();
    }
    var lines = new StringBuilder("Apply failed with " + count + " conflicts: ");
    for (int i = 0; i < conflicts.size(); i++) {
      lines.append(i == 0 ? "" : "\n").append("conflicts with ");
      lines.append(conflicts.get(i).owner().words()).append(':');
      conflicts.get(i).fields().paths().forEach(path -> lines.append("\n- ").append(path));
    }
    return lines.toString();
  }
}
