package dev.troupe.resources.mutation;

/// Carries a [Refusal] out of the depths of a decision; never leaves the package.
final class Refusing extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  Refusing(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
