package dev.troupe.resources.expression.library;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.exceptions.CelNumericOverflowException;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelFunctionOverload;
import dev.troupe.resources.expression.value.Equality;
import dev.troupe.resources.expression.value.WrongValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// `isSorted`, `sum`, `min`, `max`, `indexOf` and `lastIndexOf` of lists.
final class ListFunctions {

  private static final Map<String, Parameter<?>> COMPARABLE =
      Map.of(
          "int", Parameter.INT,
          "uint", Parameter.UINT,
          "double", Parameter.DOUBLE,
          "bool", Parameter.BOOL,
          "duration", Parameter.DURATION,
          "timestamp", Parameter.TIMESTAMP,
          "string", Parameter.TEXT,
          "bytes", Parameter.BYTES);

  private ListFunctions() {}

  static void addTo(FunctionSet set) {
    COMPARABLE.forEach((name, item) -> comparisons(set, name, item));
    sum(set, "int", Parameter.INT, ListFunctions::sumOfInts);
    sum(set, "uint", Parameter.UINT, ListFunctions::sumOfUnsigned);
    sum(set, "double", Parameter.DOUBLE, ListFunctions::sumOfDoubles);
    sum(set, "duration", Parameter.DURATION, ListFunctions::sumOfDurations);
    var any = TypeParamType.create("A");
    var item = new Parameter<>(Object.class, any);
    var list = Parameter.list(any);
    set.member(
        "indexOf", "list_a_index_of_int", SimpleType.INT, list, item, ListFunctions::indexOf);
    set.member(
        "lastIndexOf",
        "list_a_last_index_of_int",
        SimpleType.INT,
        list,
        item,
        ListFunctions::lastIndexOf);
  }

  private static void comparisons(FunctionSet set, String name, Parameter<?> item) {
    var list = Parameter.list(item.cel());
    var sorted = "list_" + name + "_is_sorted_bool";
    set.member("isSorted", sorted, SimpleType.BOOL, list, ListFunctions::isSorted);
    var max = "list_" + name + "_max_" + name;
    set.member("max", max, item.cel(), list, given -> extreme(given, 1, "max"));
    var min = "list_" + name + "_min_" + name;
    set.member("min", min, item.cel(), list, given -> extreme(given, -1, "min"));
  }

  @SuppressWarnings("rawtypes") // as CEL binds lists
  private static void sum(
      FunctionSet set, String name, Parameter<?> item, CelFunctionOverload.Unary<List> body) {
    var id = "list_" + name + "_sum_" + name;
    set.member("sum", id, item.cel(), Parameter.list(item.cel()), body);
  }

  private static boolean isSorted(List<?> list) {
    Object before = null;
    for (var item : list) {
      if (before != null && compare(before, item) > 0) {
        return false;
      }
      before = item;
    }
    return true;
  }

  private static Object extreme(List<?> list, int sign, String name) {
    Object best = null;
    for (var item : list) {
      if (best == null || compare(item, best) * sign > 0) {
        best = item;
      }
    }
    if (best == null) {
      throw new WrongValue(name + " called on empty list");
    }
    return best;
  }

  /// The sign of a comparison of two values of the same type.
  private static int compare(Object one, Object other) {
    return switch (one) {
      case Long left when other instanceof Long right -> Long.compare(left, right);
      case Double left when other instanceof Double right -> Double.compare(left, right);
      case UnsignedLong left when other instanceof UnsignedLong right -> left.compareTo(right);
      case Boolean left when other instanceof Boolean right -> Boolean.compare(left, right);
      case Duration left when other instanceof Duration right ->
          Integer.signum(left.compareTo(right));
      case Instant left when other instanceof Instant right ->
          Integer.signum(left.compareTo(right));
      case String left when other instanceof String right -> byCharacters(left, right);
      case CelByteString left when other instanceof CelByteString right ->
          Integer.signum(Arrays.compareUnsigned(left.toByteArray(), right.toByteArray()));
      default -> throw new WrongValue("no such overload");
    };
  }

  private static int byCharacters(String one, String other) {
    return Integer.signum(Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray()));
  }

  private static long sumOfInts(List<?> list) {
    try {
      return list.stream().mapToLong(item -> (Long) item).reduce(0, Math::addExact);
    } catch (ArithmeticException e) {
      throw new CelNumericOverflowException(e);
    }
  }

  private static UnsignedLong sumOfUnsigned(List<?> list) {
    var sum = UnsignedLong.ZERO;
    for (var item : list) {
      var before = sum;
      sum = sum.plus((UnsignedLong) item);
      if (sum.compareTo(before) < 0) {
        throw new WrongValue("unsigned integer overflow");
      }
    }
    return sum;
  }

  private static double sumOfDoubles(List<?> list) {
    return list.stream().mapToDouble(item -> (Double) item).sum();
  }

  private static Duration sumOfDurations(List<?> list) {
    try {
      return list.stream().map(Duration.class::cast).reduce(Duration.ZERO, Duration::plus);
    } catch (ArithmeticException _) {
      throw new WrongValue("integer overflow");
    }
  }

  private static long indexOf(List<?> list, Object item) {
    int index = 0;
    for (var other : list) {
      if (Equality.same(other, item)) {
        return index;
      }
      index++;
    }
    return -1;
  }

  private static long lastIndexOf(List<?> list, Object item) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (Equality.same(list.get(i), item)) {
        return i;
      }
    }
    return -1;
  }
}
