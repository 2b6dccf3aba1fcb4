package dev.troupe.resources.expression;

import dev.troupe.resources.expression.type.ExpressionType;
import dev.troupe.resources.expression.type.PropertyNames;
import dev.troupe.resources.expression.type.SchemaFacts;
import dev.troupe.resources.expression.type.TypedSchema;
import dev.troupe.resources.validation.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A place in a schema while its rules are compiled.
///
/// @param root whether values are objects of Kubernetes
/// @param typed what expressions see there, as far as it is known from above
/// @param cardinality how many values there are at most; negative if there is no bound
/// @param unrelated where it begins that values have nothing to do with those before
record RulePlace(
    ObjectNode schema,
    Path path,
    boolean root,
    @Nullable TypedSchema typed,
    long cardinality,
    @Nullable Path unrelated,
    int depth) {

  static final long UNBOUNDED = -1;

  static RulePlace of(ObjectNode schema, Path path) {
    return new RulePlace(schema, path, true, null, 1, null, 0);
  }

  /// The same with its type, which is made if it is not known yet.
  RulePlace typedHere() {
    return typed != null
        ? this
        : new RulePlace(
            schema,
            path,
            root,
            TypedSchema.of(schema, root).orElse(null),
            cardinality,
            unrelated,
            depth);
  }

  RulePlace property(String name, ObjectNode child) {
    var type = typed == null ? null : field(typed.self(), name);
    return child(child, path.child("properties").key(name), type, unrelated);
  }

  private static @Nullable ExpressionType field(ExpressionType type, String name) {
    return PropertyNames.identifier(name).map(type.fields()::get).orElse(null);
  }

  RulePlace values(ObjectNode child) {
    return child(child, path.child("additionalProperties"), element(), unrelated);
  }

  /// Only items that have keys can be told to be those before.
  RulePlace items(ObjectNode child) {
    boolean told = SchemaFacts.listType(schema).equals("map");
    return child(child, path.child("items"), element(), told ? unrelated : path);
  }

  private @Nullable ExpressionType element() {
    return typed == null ? null : typed.self().element();
  }

  /// What is said in addition of the same values.
  RulePlace addition(ObjectNode child, int index) {
    return new RulePlace(
        child, path.child("allOf").item(index), root, typed, cardinality, unrelated, depth + 1);
  }

  private RulePlace child(
      ObjectNode child, Path at, @Nullable ExpressionType type, @Nullable Path unrelatedThere) {
    return new RulePlace(
        child,
        at,
        SchemaFacts.isEmbedded(child),
        type == null || typed == null ? null : new TypedSchema(type, typed.structs()),
        childCardinality(),
        unrelatedThere,
        depth + 1);
  }

  private long childCardinality() {
    long inside =
        switch (SchemaFacts.type(schema)) {
          case "array" -> SchemaFacts.bound(schema, "maxItems").orElse(UNBOUNDED);
          case "object" ->
              SchemaFacts.values(schema) == null
                  ? 1
                  : SchemaFacts.bound(schema, "maxProperties").orElse(UNBOUNDED);
          default -> 1;
        };
    return cardinality < 0 || inside < 0 ? UNBOUNDED : RuleCosts.times(cardinality, inside, 1);
  }
}
