package dev.troupe.resources.expression.value;

/// An expression looked at something that is not what its schema says, or asked a function for
/// something that it cannot do.
public final class WrongValue extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public WrongValue(String message) {
    super(message);
  }
}
