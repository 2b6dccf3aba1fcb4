package dev.troupe.resources.expression.library;

import com.google.common.collect.ImmutableList;
import dev.cel.runtime.CelFunctionBinding;
import dev.troupe.resources.expression.notation.RegularExpression;
import dev.troupe.resources.expression.value.Equality;
import dev.troupe.resources.expression.value.ListValue;
import java.util.List;

/// Operators of our own: sets are equal in any order, sums of sets are sets, and nothing takes
/// longer to be matched than it should.
final class ValueOperators {

  private ValueOperators() {}

  @SuppressWarnings("unchecked") // what is in a list is the checker's business
  static ImmutableList<CelFunctionBinding> bindings() {
    return ImmutableList.of(
        CelFunctionBinding.from("equals", Object.class, Object.class, Equality::same),
        CelFunctionBinding.from(
            "not_equals", Object.class, Object.class, (one, other) -> !Equality.same(one, other)),
        CelFunctionBinding.from(
            "in_list", Object.class, List.class, (item, list) -> Equality.contains(list, item)),
        CelFunctionBinding.from("matches", String.class, String.class, ValueOperators::matches),
        CelFunctionBinding.from(
            "matches_string", String.class, String.class, ValueOperators::matches),
        CelFunctionBinding.from("add_list", List.class, List.class, ListValue::sum));
  }

  private static boolean matches(String text, String pattern) {
    return RegularExpression.of(pattern).matcher(text).find();
  }
}
