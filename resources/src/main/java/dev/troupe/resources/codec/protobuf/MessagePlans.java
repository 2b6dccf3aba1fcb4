package dev.troupe.resources.codec.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.troupe.resources.codec.protobuf.MessagePlan.FieldPlan;
import dev.troupe.resources.codec.protobuf.MessagePlan.Form;
import dev.troupe.resources.schema.FieldType;
import dev.troupe.resources.schema.FieldType.ListOf;
import dev.troupe.resources.schema.FieldType.MapOf;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.FieldType.Scalar;
import dev.troupe.resources.schema.ObjectSchema;
import dev.troupe.resources.schema.Schemas;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Brings protobuf messages and schemas together, each pair at its first use.
final class MessagePlans {

  private final Schemas schemas;
  private final Map<String, MessagePlan> ready = new ConcurrentHashMap<>();
  private final Map<String, MessagePlan> building = new HashMap<>();

  MessagePlans(Schemas schemas) {
    this.schemas = schemas;
  }

  Optional<MessagePlan> find(String schema) {
    var plan = ready.get(schema);
    if (plan != null) {
      return Optional.of(plan);
    }
    return Optional.ofNullable(MessageTypes.find(schema)).map(message -> build(schema, message));
  }

  /// A plan becomes visible when everything that it refers to is defined.
  private synchronized MessagePlan build(String schema, Descriptor message) {
    var plan = plan(message, schemas.get(schema));
    ready.putAll(building);
    return plan;
  }

  private MessagePlan plan(Descriptor message, ObjectSchema schema) {
    var key =
        MessageTypes.schemaOf(message).equals(schema.name())
            ? schema.name()
            : message.getFullName() + " in " + schema.name();
    var known = building.get(key);
    if (known != null) {
      return known;
    }
    var plan = new MessagePlan();
    building.put(key, plan);
    for (var field : message.getFields()) {
      var planned = field(field, schema);
      if (planned != null) {
        plan.define(planned);
      }
    }
    return plan;
  }

  /// Null for a field that JSON does not have.
  private @Nullable FieldPlan field(FieldDescriptor field, ObjectSchema schema) {
    var name = SchemaMessages.nameInJson(field);
    var known = schema.fields().get(name);
    if (known != null) {
      return field(field, name, known.type());
    }
    return field.getType() == FieldDescriptor.Type.MESSAGE && !field.isRepeated()
        ? new FieldPlan(
            field.getNumber(),
            field.getName(),
            Form.INLINE,
            field.getType(),
            false,
            plan(field.getMessageType(), schema))
        : null;
  }

  private FieldPlan field(FieldDescriptor field, String name, FieldType type) {
    boolean list = field.isRepeated() && !field.isMapField();
    var item = list && type instanceof ListOf(var of) ? of : type;
    return new FieldPlan(
        field.getNumber(), name, form(field, item), field.getType(), list, nested(field, item));
  }

  private static Form form(FieldDescriptor field, FieldType type) {
    return switch (type) {
      case Ref _ -> Form.OBJECT;
      case MapOf _ -> Form.MAP;
      case ListOf _ -> Form.WRAPPED_LIST;
      case Scalar scalar ->
          switch (scalar) {
            case TIME -> Form.TIME;
            case MICRO_TIME -> Form.MICRO_TIME;
            case QUANTITY -> Form.QUANTITY;
            case INT_OR_STRING -> Form.INT_OR_STRING;
            case ANY -> SchemaMessages.isChoice(field) ? Form.CHOICE : Form.RAW_JSON;
            case OBJECT -> isBare(field) ? Form.OBJECT : Form.RAW_JSON;
            case STRING, BOOLEAN, INT32, INT64, DOUBLE, BYTES ->
                field.getType() == FieldDescriptor.Type.MESSAGE ? Form.RAW_JSON : Form.PLAIN;
          };
    };
  }

  private @Nullable MessagePlan nested(FieldDescriptor field, FieldType type) {
    return switch (type) {
      case Ref(var schema) -> plan(field.getMessageType(), schemas.get(schema));
      case MapOf(var value) -> entry(field.getMessageType(), value);
      case ListOf _ -> wrapped(field.getMessageType(), type);
      case Scalar _ when SchemaMessages.isChoice(field) -> choice(field.getMessageType());
      case Scalar _ -> isBare(field) ? new MessagePlan() : null;
    };
  }

  /// Whether all that the field says is that it is there.
  private static boolean isBare(FieldDescriptor field) {
    return field.getType() == FieldDescriptor.Type.MESSAGE
        && field.getMessageType().getFields().isEmpty();
  }

  private MessagePlan choice(Descriptor wrapper) {
    var schema = schemas.get(MessageTypes.schemaOf(SchemaMessages.schema(wrapper)));
    var plan = new MessagePlan();
    for (var field : wrapper.getFields()) {
      var type =
          switch (field.getType()) {
            case MESSAGE -> new Ref(schema.name());
            case BOOL -> Scalar.BOOLEAN;
            default -> Scalar.STRING;
          };
      plan.define(field(field, field.getName(), field.isRepeated() ? new ListOf(type) : type));
    }
    return plan;
  }

  private MessagePlan entry(Descriptor entry, FieldType value) {
    var plan = new MessagePlan();
    var key = entry.findFieldByNumber(1);
    plan.define(field(key, "key", Scalar.STRING));
    plan.define(field(entry.findFieldByNumber(2), "value", value));
    return plan;
  }

  private MessagePlan wrapped(Descriptor wrapper, FieldType list) {
    var plan = new MessagePlan();
    plan.define(field(wrapper.findFieldByNumber(1), "items", list));
    return plan;
  }
}
