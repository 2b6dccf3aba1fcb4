package dev.troupe.resources.schema;

import dev.troupe.resources.schema.Field.Zero;
import dev.troupe.resources.schema.FieldType.ListOf;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.FieldType.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The fields of one type, by name. `name` is the long name of the OpenAPI documents, such as
/// `io.k8s.api.core.v1.PodSpec`.
///
/// @param atomic whether server-side apply replaces objects of the type as a whole
/// @param document what OpenAPI says of the type, where that is more than its fields; null if it is
///   not. Never modified
public record ObjectSchema(
    String name, Map<String, Field> fields, boolean atomic, @Nullable ObjectNode document) {

  private static final String LIST_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";

  public ObjectSchema(String name, Map<String, Field> fields, boolean atomic) {
    this(name, fields, atomic, null);
  }

  /// The same with more to say.
  public ObjectSchema documented(ObjectNode more) {
    return new ObjectSchema(name, fields, atomic, more);
  }

  public static ObjectSchema of(String name, Field... fields) {
    var byName = new LinkedHashMap<String, Field>();
    for (var field : fields) {
      byName.put(field.name(), field);
    }
    return new ObjectSchema(name, byName, false);
  }

  /// The list of objects of a schema, by the name that it has everywhere.
  public static ObjectSchema listOf(String item) {
    return of(
        item + "List",
        Field.of("apiVersion", Scalar.STRING, Zero.DROPPED),
        Field.of("kind", Scalar.STRING, Zero.DROPPED),
        Field.of("metadata", new Ref(LIST_META), Zero.FILLED),
        Field.of("items", new ListOf(new Ref(item)), Zero.KEPT));
  }
}
