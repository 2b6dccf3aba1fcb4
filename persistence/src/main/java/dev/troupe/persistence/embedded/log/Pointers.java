package dev.troupe.persistence.embedded.log;

/// Events as places in the log, with the version that must be found there.
public record Pointers(long[] versions, long[] positions) {

  public int size() {
    return versions.length;
  }
}
