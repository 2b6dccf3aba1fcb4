package dev.troupe.runtime.store;

/// The state that was asked for is older than what is kept.
public final class ForgottenException extends StoreException {
  private static final long serialVersionUID = 1;

  public ForgottenException(String message) {
    super(message);
  }
}
