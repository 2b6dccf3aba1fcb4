package dev.troupe.resources.conversion;

/// Objects could not be converted; the message says why, in Kubernetes' words.
public final class ConversionRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConversionRefused(String message) {
    super(message);
  }
}
