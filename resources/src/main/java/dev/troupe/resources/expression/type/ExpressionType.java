package dev.troupe.resources.expression.type;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What expressions know of the values of one place in an object.
///
/// @param cel the type that expressions are checked against
/// @param maxElements how many bytes, items or entries a value may have; 0 where values have no
///   size
/// @param minSize how many bytes a value has at least where it is written down
/// @param element the items of a list, or the values of a map
/// @param fields the fields of an object by the identifiers that expressions say
/// @param properties the names of fields whose identifiers are others
/// @param keys the identifiers by which the items of a list are told apart
public record ExpressionType(
    Form form,
    CelType cel,
    long maxElements,
    long minSize,
    boolean nullable,
    @Nullable ExpressionType element,
    ImmutableMap<String, ExpressionType> fields,
    ImmutableMap<String, String> properties,
    ItemOrder order,
    List<String> keys) {

  /// How values are written in JSON, and what they are to expressions.
  public enum Form {
    OBJECT,
    MAP,
    LIST,
    STRING,
    BYTES,
    DURATION,
    DATE,
    TIMESTAMP,
    BOOLEAN,
    NUMBER,
    INTEGER,
    INT_OR_STRING
  }

  /// What the order of items means.
  public enum ItemOrder {
    ATOMIC,
    SET,
    MAP
  }

  private static final ExpressionType KEY = scalar(Form.STRING, SimpleType.STRING, 0, 2, false);

  static ExpressionType scalar(
      Form form, CelType cel, long maxElements, long minSize, boolean nullable) {
    return new ExpressionType(
        form,
        cel,
        maxElements,
        minSize,
        nullable,
        null,
        ImmutableMap.of(),
        ImmutableMap.of(),
        ItemOrder.ATOMIC,
        List.of());
  }

  /// The elements of a value of this type as a step of a path names them.
  public @Nullable ExpressionType step(String step) {
    return switch (step) {
      case "@items", "@values" -> element;
      case "@keys" -> form == Form.MAP ? KEY : null;
      default -> fields.get(step);
    };
  }
}
