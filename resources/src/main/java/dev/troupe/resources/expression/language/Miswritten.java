package dev.troupe.resources.expression.language;

/// A text is no expression, or not the right one; the message says why, in Kubernetes' words.
public final class Miswritten extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Miswritten(String message) {
    super(message);
  }

  public String words() {
    return String.valueOf(getMessage());
  }
}
