package dev.troupe.resources.codec.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one protobuf message becomes a JSON object, and back: what each field number stands for.
final class MessagePlan {

  private final Map<Integer, FieldPlan> fields = new HashMap<>();
  private final Map<String, FieldPlan> byName = new HashMap<>();
  private final List<FieldPlan> inline = new ArrayList<>(0);

  /// Plans refer to themselves, so fields come after construction.
  void define(FieldPlan field) {
    fields.put(field.number(), field);
    if (field.form() == Form.INLINE) {
      inline.add(field);
    } else {
      byName.put(field.name(), field);
    }
  }

  @Nullable FieldPlan field(int number) {
    return fields.get(number);
  }

  /// The field that has a name in JSON; null if there is none, or if it belongs to one of those
  /// that are [#inline].
  @Nullable FieldPlan field(String name) {
    return byName.get(name);
  }

  /// The messages whose fields belong to the object around them.
  List<FieldPlan> inline() {
    return inline;
  }

  /// @param message how to read the field's own message; null where `form` needs none
  record FieldPlan(
      int number,
      String name,
      Form form,
      FieldDescriptor.Type type,
      boolean repeated,
      @Nullable MessagePlan message) {

    MessagePlan nested() {
      if (message == null) {
        throw new IllegalStateException("field " + name + " is no message");
      }
      return message;
    }
  }

  enum Form {
    /// A number, text, truth value, or bytes as base64.
    PLAIN,
    OBJECT,
    /// A message whose fields belong to the object around it.
    INLINE,
    /// A message that wraps a list, in its field `items`.
    WRAPPED_LIST,
    MAP,
    TIME,
    MICRO_TIME,
    QUANTITY,
    INT_OR_STRING,
    /// A message that stands for whichever of its fields is there.
    CHOICE,
    /// JSON inside of bytes.
    RAW_JSON
  }
}
