package dev.troupe.resources.schema.shape;

import dev.troupe.resources.schema.FieldType.Scalar;

/// Values that have no parts.
record ScalarMergeShape(ExpectedValue expected) implements MergeShape {

  private static final ScalarMergeShape STRING = new ScalarMergeShape(ExpectedValue.STRING);
  private static final ScalarMergeShape BOOLEAN = new ScalarMergeShape(ExpectedValue.BOOLEAN);
  private static final ScalarMergeShape NUMBER = new ScalarMergeShape(ExpectedValue.NUMBER);
  private static final ScalarMergeShape UNTYPED = new ScalarMergeShape(ExpectedValue.SCALAR);

  static ScalarMergeShape of(Scalar scalar) {
    return switch (scalar) {
      case STRING, BYTES, TIME, MICRO_TIME -> STRING;
      case BOOLEAN -> BOOLEAN;
      case INT32, INT64, DOUBLE -> NUMBER;
      case QUANTITY, INT_OR_STRING, ANY, OBJECT -> UNTYPED;
    };
  }

  @Override
  public boolean isAtomicObject() {
    return true;
  }

  @Override
  public MergeShape field(String name) {
    return DeducedShape.INSTANCE;
  }
}
