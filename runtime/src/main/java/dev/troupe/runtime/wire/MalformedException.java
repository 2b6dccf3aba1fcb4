package dev.troupe.runtime.wire;

/// Bytes that no member writes: damaged, or not meant for this.
public final class MalformedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public MalformedException(String message) {
    super(message);
  }

  MalformedException(String message, Throwable cause) {
    super(message, cause);
  }
}
