package dev.troupe.testkit.experiment.witness;

import java.util.List;

/// Whether controllers came to an end with their work when all was quiet.
///
/// @param wants how many things they had to see to
/// @param unmet what was not as it is wanted when the time was up
/// @param left what was as it is wanted, and then was not any more
public record Settlement(long wants, List<Want> unmet, List<Want> left) {

  /// Something that is not as it is wanted.
  ///
  /// @param isCollection whether it is an object without owner that was not collected
  /// @param objects those that show it
  public record Want(String what, boolean isCollection, List<String> objects) {

    public Want {
      objects = List.copyOf(objects);
    }
  }

  public Settlement {
    unmet = List.copyOf(unmet);
    left = List.copyOf(left);
  }
}
