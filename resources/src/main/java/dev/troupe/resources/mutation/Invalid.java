package dev.troupe.resources.mutation;

import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.mutation.Refusal.Details;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.resources.validation.FieldError;
import dev.troupe.resources.validation.FieldErrors;
import java.util.List;
import java.util.stream.Collectors;

/// Refusals with reason `Invalid`: 422, with a cause for each field.
public final class Invalid {

  private Invalid() {}

  /// @param kind the Kind, not the plural; group and kind may be empty where Kubernetes names none
  public static Refusal of(String group, String kind, String name, List<FieldError> errors) {
    var causes =
        errors.stream().map(e -> new FieldCause(e.problem().type(), e.body(), e.field())).toList();
    var qualified = group.isEmpty() ? kind : kind + "." + group;
    return new Refusal(
        StatusReason.INVALID,
        qualified + " \"" + name + "\" is invalid: " + words(errors),
        new Details(name, group, kind, "", causes),
        0);
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

  private static String words(List<FieldError> errors) {
    var distinct = errors.stream().map(FieldError::toString).distinct().toList();
    return distinct.size() == 1
        ? distinct.getFirst()
        : distinct.stream().collect(Collectors.joining(", ", "[", "]"));
  }
}
