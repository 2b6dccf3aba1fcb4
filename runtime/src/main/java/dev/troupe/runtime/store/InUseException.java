package dev.troupe.runtime.store;

/// Another process has the store, and nobody else may have it meanwhile.
public final class InUseException extends StoreException {
  private static final long serialVersionUID = 1;

  public InUseException(String message) {
    super(message);
  }
}
