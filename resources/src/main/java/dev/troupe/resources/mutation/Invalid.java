package dev.troupe.resources.mutation;

import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.resources.validation.FieldError;
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
}
