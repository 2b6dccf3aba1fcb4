package dev.troupe.resources.mutation;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.mutation.Refusal.Details;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.resources.validation.FieldError;
import dev.troupe.resources.validation.FieldErrors;
import java.util.List;

/// Refusals with reason `Invalid`: 422, with a cause for each field.
public final class Invalid {

  private Invalid() {}

  /// @param kind the Kind, not the plural; group and kind may be empty where Kubernetes names none
  public static Refusal of(String group, String kind, String name, List<FieldError> errors) {
    var causes =
        errors.stream().map(e -> new FieldCause(e.problem().type(), e.body(), e.field())).toList();
    return Refusal.invalid(group, kind, name, causes);
  }

  /// A patch that is well-formed and cannot be carried out. What exactly is wrong is kept from
  /// clients, as Kubernetes does.
  static Refusal inapplicablePatch() {
    return new Refusal(
        StatusReason.INVALID,
        "the server rejected our request due to an error in our request",
        Details.NONE,
        0);
  }

  static Refusing refuse(Target target, FieldErrors errors) {
    return new Refusing(of(target.group(), target.kind(), target.name(), errors.all()));
  }
}
