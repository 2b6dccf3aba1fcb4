package dev.troupe.runtime.store;

/// The event store could not do what was asked: says what happened and what to do.
public sealed class StoreException extends RuntimeException
    permits ForgottenException,
        InUseException,
        NewerStoreException,
        NotStoredException,
        SupersededException {
  private static final long serialVersionUID = 1;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
