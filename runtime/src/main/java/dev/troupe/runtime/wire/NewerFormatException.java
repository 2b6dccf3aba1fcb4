package dev.troupe.runtime.wire;

/// Bytes of a newer Troupe, which this one cannot read.
public final class NewerFormatException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /// @param what what was written
  /// @param written the version that it was written in
  /// @param newest the newest version that is read here
  public NewerFormatException(String what, int written, int newest) {
    super(
        what
            + " was written in version "
            + written
            + " by a newer Troupe; this one reads up to version "
            + newest);
  }
}
