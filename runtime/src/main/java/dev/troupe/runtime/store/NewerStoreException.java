package dev.troupe.runtime.store;

/// What is stored is in a form that only newer releases know.
public final class NewerStoreException extends StoreException {
  private static final long serialVersionUID = 1;

  public NewerStoreException(String message) {
    super(message);
  }
}
