package dev.troupe.testkit.experiment.file;

import dev.troupe.testkit.experiment.plan.RefusedExperiment;

/// A place in a file; lines and columns are counted from 1, as editors do.
record FilePlace(String file, int line, int column) {

  /// Where a text of this file goes on behind some characters.
  static FilePlace behind(String file, String before) {
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return new FilePlace(file, line, before.length() - before.lastIndexOf('\n'));
  }

  RefusedExperiment refusal(String why) {
    return new RefusedExperiment(this + ": " + why);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
