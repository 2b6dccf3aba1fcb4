package dev.troupe.runtime.store;

/// The store has gone on in an incarnation that whoever asks is not of: nothing in it is his to
/// open any more, and asking again does not help.
public final class SupersededException extends StoreException {
  private static final long serialVersionUID = 1;

  public SupersededException(String message) {
    super(message);
  }
}
