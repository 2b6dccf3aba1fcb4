package dev.troupe.testkit.experiment.guest;

import java.nio.file.Path;
import java.util.List;

/// Work for somebody's own controllers while members are broken, and what must have become of it.
/// What it throws while members are broken counts for nothing: a client that is not served asks
/// again.
public interface GuestWork {

  /// What must hold in the end, in a sentence.
  String promise();

  /// All members serve, and nothing is broken yet.
  ///
  /// @param kubeconfigs one for each member
  void begin(List<Path> kubeconfigs);

  /// Called about once a second until the load ends.
  ///
  /// @param kubeconfigs one for each member that there is now, whether it can answer or not
  default void change(List<Path> kubeconfigs) {}

  /// What is not as it must be, a sentence for each thing. Asked when the last fault is over and
  /// all members serve again, until nothing is left or members have had the time that they may need
  /// to start.
  ///
  /// @param kubeconfigs one for each member
  List<String> amiss(List<Path> kubeconfigs);
}
