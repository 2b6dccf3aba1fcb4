package dev.troupe.resources.codec.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one protobuf message becomes a JSON object: what each field number stands for.
final class MessagePlan {

  private final Map<Integer, FieldPlan> fields = new HashMap<>();

  /// Plans refer to themselves, so fields come after construction.
  void define(int number, FieldPlan field) {
    fields.put(number, field);
  }

  @Nullable FieldPlan field(int number) {
    return fields.get(number);
  }

  /// @param message how to read the field's own message; null where `form` needs none
  record FieldPlan(
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
