package dev.troupe.resources.schema.shape;

/// Where nothing is known but the values themselves: objects are maps, lists are replaced as a
/// whole.
public final class DeducedShape implements MergeShape {

  public static final DeducedShape INSTANCE = new DeducedShape();

  private DeducedShape() {}

  @Override
  public boolean isAtomicObject() {
    return false;
  }

  @Override
  public MergeShape field(String name) {
    return this;
  }

  @Override
  public ExpectedValue expected() {
    return ExpectedValue.ANYTHING;
  }
}
