package dev.troupe.resources.selector;

/// A selector cannot be read: a 400 with this message.
public final class InvalidSelectorException extends RuntimeException {

  private static final long serialVersionUID = 1;

  InvalidSelectorException(String message) {
    super(message, null, false, false);
  }

  /// The message, never null.
  public String message() {
    return String.valueOf(getMessage());
  }
}
