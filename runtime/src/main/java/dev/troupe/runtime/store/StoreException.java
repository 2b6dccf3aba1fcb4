package dev.troupe.runtime.store;

/// The event store could not do what was asked: says what happened and what to do.
public sealed class StoreException extends RuntimeException
    permits ForgottenException,
        NewerStoreException,
        NotStoredException,
        StoreException.InUseException,
        SupersededException {
  private static final long serialVersionUID = 1;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /// Another process has the store, and nobody else may have it meanwhile.
  public static final class InUseException extends StoreException {
    private static final long serialVersionUID = 1;

    public InUseException(String message) {
      super(message);
    }
  }
}
