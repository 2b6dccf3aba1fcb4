package dev.troupe.resources.expression;

import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// All rules of one version of a defined type. Immutable.
public final class SchemaRules {

  private final @Nullable RuleNode root;

  private SchemaRules(@Nullable RuleNode root) {
    this.root = root;
  }

  /// Whether a schema has any rules.
  public static boolean isIn(ObjectNode schema) {
    return RuleCompiler.hasRules(schema, 0);
  }

  /// @param schema `openAPIV3Schema`, structural and otherwise valid
  /// @param path where the schema is
  /// @param errors what is wrong with the rules; rules that are wrong are left out
  public static SchemaRules compile(ObjectNode schema, Path path, FieldErrors errors) {
    if (!isIn(schema)) {
      return new SchemaRules(null);
    }
    var root = new RuleCompiler(errors).compile(schema, path);
    return new SchemaRules(root.isEmpty() ? null : root);
  }

  public boolean isEmpty() {
    return root == null;
  }

  /// Holds an object against the rules. Nothing is wrong with what was the same before, unless a
  /// rule is about what was before.
  ///
  /// @param object complete, and valid but for its rules: nothing is missing, too long, too many or
  ///   of another type
  /// @param old the object as it was; null if there was none
  public void check(ObjectNode object, @Nullable ObjectNode old, FieldErrors errors) {
    if (root != null) {
      new RuleEvaluation(errors).check(root, object, old);
    }
  }
}
