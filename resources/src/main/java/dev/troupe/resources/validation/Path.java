package dev.troupe.resources.validation;

import org.jspecify.annotations.Nullable;

/// The path of a field, as in `spec.containers[0].image` or `metadata.labels[a/b]`. Written out
/// only when something is wrong there.
public record Path(@Nullable Path parent, String step) {

  public static final Path ROOT = new Path(null, "");
  public static final Path METADATA = ROOT.child("metadata");
  public static final Path SPEC = ROOT.child("spec");

  public Path child(String field) {
    return new Path(this, field);
  }

  public Path item(int index) {
    return new Path(this, "[" + index + "]");
  }

  public Path key(String key) {
    return new Path(this, "[" + key + "]");
  }

  @Override
  public String toString() {
    if (parent == null) {
      return step;
    }
    var before = parent.toString();
    return before.isEmpty() || step.startsWith("[") ? before + step : before + "." + step;
  }
}
