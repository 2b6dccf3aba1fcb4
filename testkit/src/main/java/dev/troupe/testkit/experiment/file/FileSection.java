package dev.troupe.testkit.experiment.file;

/// The parts of a file that have keys of their own.
enum FileSection {
  EXPERIMENT("", "an experiment"),
  MEMBERS("members.", "members"),
  WORKLOAD("workload[].", "a workload"),
  FAULTS("faults.", "faults"),
  RANDOM("faults.random.", "random faults"),
  FAULT("fault.", "a fault"),
  DURATIONS("durations.", "durations"),
  MUST_HOLD("must-hold.", "what must hold");

  private final String prefix;
  private final String title;

  FileSection(String prefix, String title) {
    this.prefix = prefix;
    this.title = title;
  }

  /// Before the keys of this part, in the documentation.
  String prefix() {
    return prefix;
  }

  /// For people.
  String title() {
    return title;
  }
}
