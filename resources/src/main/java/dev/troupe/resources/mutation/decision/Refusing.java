package dev.troupe.resources.mutation.decision;

import dev.troupe.resources.mutation.Invalid;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.validation.FieldErrors;

/// Carries a [Refusal] out of the depths of a decision; never leaves the package.
final class Refusing extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  Refusing(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  static Refusing invalid(MutationTarget target, FieldErrors errors) {
    return new Refusing(Invalid.of(target.group(), target.kind(), target.name(), errors.all()));
  }

  Refusal refusal() {
    return refusal;
  }
}
