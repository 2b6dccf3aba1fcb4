package dev.troupe.resources.expression.value;

import dev.cel.runtime.RuntimeHelpers;
import dev.troupe.resources.expression.type.ExpressionType;
import dev.troupe.resources.expression.type.ExpressionType.ItemOrder;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import tools.jackson.databind.node.ArrayNode;

/// A list of an object. Sets, and lists whose items have keys, are the same in any order, and keep
/// what they are when another list is added.
public final class ListValue extends AbstractList<Object> implements RandomAccess {

  private final ArrayNode json;
  private final ExpressionType type;

  ListValue(ArrayNode json, ExpressionType type) {
    this.json = json;
    this.type = type;
  }

  @Override
  public Object get(int index) {
    return JsonValues.of(json.required(index), Objects.requireNonNull(type.element()));
  }

  @Override
  public int size() {
    return json.size();
  }

  ItemOrder order() {
    return type.order();
  }

  /// What tells an item from others.
  Object key(Object item) {
    if (order() == ItemOrder.SET || !(item instanceof Map<?, ?> fields)) {
      return new EqualKey(item);
    }
    var key = new ArrayList<>();
    for (var name : type.keys()) {
      var value = fields.get(name);
      key.add(value == null ? List.of() : new EqualKey(value));
    }
    return key;
  }

  /// `one + other` as expressions mean it.
  public static List<?> sum(List<Object> one, List<Object> other) {
    if (!(one instanceof ListValue list) || list.order() == ItemOrder.ATOMIC) {
      return RuntimeHelpers.concat(one, other);
    }
    var places = new HashMap<Object, Integer>();
    var sum = new ArrayList<>(one);
    for (int i = 0; i < sum.size(); i++) {
      places.putIfAbsent(list.key(sum.get(i)), i);
    }
    for (var item : other) {
      var place = places.putIfAbsent(list.key(item), sum.size());
      if (place == null) {
        sum.add(item);
      } else if (list.order() == ItemOrder.MAP) {
        sum.set(place, item);
      }
    }
    return sum;
  }
}
