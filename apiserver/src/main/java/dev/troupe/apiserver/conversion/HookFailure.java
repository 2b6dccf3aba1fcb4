package dev.troupe.apiserver.conversion;

/// Whoever converts objects could not be asked, or did not answer. The message says why, in
/// Kubernetes' words.
public final class HookFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  public HookFailure(String message) {
    super(message, null, false, false);
  }
}
