package dev.troupe.resources.expression.value;

import com.google.common.primitives.UnsignedLong;
import dev.troupe.resources.expression.type.ExpressionType.ItemOrder;
import dev.troupe.resources.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When expressions find two values equal: numbers by what they are worth, sets in any order.
public final class Equality {

  private Equality() {}

  public static boolean same(Object one, Object other) {
    if (one instanceof Number left && other instanceof Number right) {
      return sameNumber(left, right);
    }
    if (one instanceof List<?> left && other instanceof List<?> right) {
      return sameList(left, right);
    }
    if (one instanceof ObjectValue left && other instanceof ObjectValue right) {
      return sameObject(left, right);
    }
    if (one instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
      return sameMap(left, right);
    }
    if (one instanceof Optional<?> left && other instanceof Optional<?> right) {
      return (left.isPresent() && right.isPresent())
          ? same(left.get(), right.get())
          : left.isEmpty() && right.isEmpty();
    }
    return one.equals(other);
  }

  /// Whether a list has a value.
  public static boolean contains(List<?> list, Object value) {
    for (var item : list) {
      if (same(item, value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameNumber(Number left, Number right) {
    if (left.getClass() == right.getClass()) {
      return left instanceof Double one
          ? one.doubleValue() == right.doubleValue()
          : left.equals(right);
    }
    if (!isFinite(left) || !isFinite(right)) {
      return false;
    }
    return exact(left).compareTo(exact(right)) == 0;
  }

  private static boolean isFinite(Number number) {
    return !(number instanceof Double value) || Double.isFinite(value);
  }

  private static BigDecimal exact(Number number) {
    return switch (number) {
      case UnsignedLong unsigned -> new BigDecimal(unsigned.bigIntegerValue());
      case BigInteger large -> new BigDecimal(large);
      case Double real -> new BigDecimal(real);
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  private static boolean sameList(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    if (left instanceof ListValue list && list.order() != ItemOrder.ATOMIC) {
      return list.order() == ItemOrder.SET ? sameSet(list, right) : sameKeys(list, right);
    }
    var others = right.iterator();
    for (var item : left) {
      if (!same(item, others.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameSet(ListValue left, List<?> right) {
    var items = new HashSet<>();
    left.forEach(item -> items.add(left.key(item)));
    var seen = new HashSet<>();
    for (var item : right) {
      var key = left.key(item);
      if (!items.contains(key)) {
        return false;
      }
      seen.add(key);
    }
    return seen.size() == items.size();
  }

  private static boolean sameKeys(ListValue left, List<?> right) {
    var items = new HashMap<Object, Object>();
    left.forEach(item -> items.put(left.key(item), item));
    var seen = new HashSet<>();
    for (var item : right) {
      var key = left.key(item);
      var mine = items.get(key);
      if (mine == null || !same(mine, item)) {
        return false;
      }
      seen.add(key);
    }
    return seen.size() == items.size();
  }

  /// Fields that no expression can ask for are compared as JSON.
  private static boolean sameObject(ObjectValue left, ObjectValue right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (var property : left.json().properties()) {
      var name = property.getKey();
      if (!left.isKnown(name) && !Json.same(property.getValue(), right.json().get(name))) {
        return false;
      }
    }
    return sameEntries(left, right);
  }

  private static boolean sameMap(Map<?, ?> left, Map<?, ?> right) {
    return left.size() == right.size() && sameEntries(left, right);
  }

  private static boolean sameEntries(Map<?, ?> left, Map<?, ?> right) {
    for (var entry : left.entrySet()) {
      var other = value(right, entry.getKey());
      if (other == null || !same(entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Object value(Map<?, ?> map, Object key) {
    var value = map.get(key);
    if (value != null || !(key instanceof Number)) {
      return value;
    }
    for (var entry : map.entrySet()) {
      if (same(entry.getKey(), key)) {
        return entry.getValue();
      }
    }
    return null;
  }
}
