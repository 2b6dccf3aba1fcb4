package dev.troupe.resources.definition;

import dev.troupe.resources.expression.SchemaRules;
import dev.troupe.resources.structural.ResourceCheck;
import dev.troupe.resources.structural.Structural;
import dev.troupe.resources.subresource.DefinedScale;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of a defined type: those of its schema, and that its numbers of replicas are numbers.
///
/// @param scale null if it cannot be scaled
/// @param expressions what else must hold; read when they are prepared or somebody first writes
record DefinedRules(
    Structural schema, @Nullable DefinedScale scale, Supplier<SchemaRules> expressions)
    implements Validation {

  private static final String UNCHECKED =
      "some validation rules were not checked because the object was invalid; correct the existing"
          + " errors to complete validation";

  /// Reads the expressions, if nobody has yet.
  ///
  /// @return whether there are any
  boolean prepare() {
    return !expressions.get().isEmpty();
  }

  /// All depends on what was there before.
  @Override
  public void check(ObjectNode object, FieldErrors errors) {}

  @Override
  public void checkNew(ObjectNode object, FieldErrors errors) {
    whole(object, null, errors);
  }

  @Override
  public void checkChange(ObjectNode object, ObjectNode old, FieldErrors errors) {
    whole(object, old, errors);
  }

  @Override
  public void checkStatus(ObjectNode object, ObjectNode old, FieldErrors errors) {
    boolean blocked = ResourceCheck.status(object, old, schema, errors);
    if (scale != null) {
      replicas(object, scale.statusReplicas(), errors);
      selector(object, scale, errors);
    }
    expressions(object, old, blocked, errors);
  }

  private void whole(ObjectNode object, @Nullable ObjectNode old, FieldErrors errors) {
    boolean blocked = ResourceCheck.whole(object, old, schema, errors);
    if (scale != null) {
      replicas(object, scale.specReplicas(), errors);
      replicas(object, scale.statusReplicas(), errors);
      selector(object, scale, errors);
    }
    expressions(object, old, blocked, errors);
  }

  /// @param blocked whether the object is too wrong to be asked
  private void expressions(
      ObjectNode object, @Nullable ObjectNode old, boolean blocked, FieldErrors errors) {
    var rules = expressions.get();
    if (blocked && !rules.isEmpty()) {
      errors.invalid(Path.ROOT, null, UNCHECKED);
    } else if (!blocked) {
      rules.check(object, old, errors);
    }
  }

  private static void replicas(ObjectNode object, String path, FieldErrors errors) {
    var at = Path.ROOT.child(path);
    var value = DefinedScale.value(object, path);
    if (value == null) {
      return;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      errors.invalid(at, 0, wrongType(path, value, "expected int64"));
    } else if (value.longValue() < 0) {
      errors.invalid(at, value, "should be a non-negative integer");
    } else if (value.longValue() > Integer.MAX_VALUE) {
      errors.invalid(at, value, "should be less than or equal to " + Integer.MAX_VALUE);
    }
  }

  private static void selector(ObjectNode object, DefinedScale scale, FieldErrors errors) {
    var value = DefinedScale.value(object, scale.selector());
    if (value != null && !value.isString()) {
      errors.invalid(
          Path.ROOT.child(scale.selector()),
          "",
          wrongType(scale.selector(), value, "expected string"));
    }
  }

  private static String wrongType(String path, JsonNode value, String expected) {
    return "%s accessor error: %s is of the wrong type, %s".formatted(path, value, expected);
  }
}
