package dev.troupe.resources.expression.library;

import dev.cel.common.types.SimpleType;
import dev.troupe.resources.expression.notation.Amount;

/// Functions of quantities such as `500m`.
final class QuantityFunctions {

  private static final Parameter<Amount> QUANTITY =
      Parameter.opaque(Amount.class, "kubernetes.Quantity");

  private QuantityFunctions() {}

  static void addTo(FunctionSet set) {
    reading(set);
    comparing(set);
    var type = QUANTITY.cel();
    set.member("add", "quantity_add", type, QUANTITY, QUANTITY, Amount::plus);
    set.member(
        "add", "quantity_add_int", type, QUANTITY, Parameter.INT, (q, n) -> q.plus(Amount.of(n)));
    set.member("sub", "quantity_sub", type, QUANTITY, QUANTITY, Amount::minus);
    set.member(
        "sub", "quantity_sub_int", type, QUANTITY, Parameter.INT, (q, n) -> q.minus(Amount.of(n)));
  }

  private static void reading(FunctionSet set) {
    var text = Parameter.TEXT;
    set.global("quantity", "string_to_quantity", QUANTITY.cel(), text, Amount::parse);
    set.global("isQuantity", "is_quantity_string", SimpleType.BOOL, text, Amount::isOne);
    set.global("sign", "quantity_sign", SimpleType.INT, QUANTITY, q -> (long) q.value().signum());
    set.member("asInteger", "quantity_get_int", SimpleType.INT, QUANTITY, Amount::wholeOrRefuse);
    set.member(
        "isInteger", "quantity_is_integer", SimpleType.BOOL, QUANTITY, q -> q.whole().isPresent());
    set.member(
        "asApproximateFloat",
        "quantity_get_float",
        SimpleType.DOUBLE,
        QUANTITY,
        q -> q.value().doubleValue());
  }

  private static void comparing(FunctionSet set) {
    set.member(
        "compareTo", "quantity_compare_to", SimpleType.INT, QUANTITY, QUANTITY, Amount::comparedTo);
    set.member(
        "isGreaterThan",
        "quantity_is_greater_than",
        SimpleType.BOOL,
        QUANTITY,
        QUANTITY,
        (one, other) -> one.comparedTo(other) > 0);
    set.member(
        "isLessThan",
        "quantity_is_less_than",
        SimpleType.BOOL,
        QUANTITY,
        QUANTITY,
        (one, other) -> one.comparedTo(other) < 0);
  }
}
