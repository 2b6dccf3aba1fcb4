package dev.troupe.benchmarks.store;

/// What is stored: updates of 10,000 objects in turn.
final class Values {

  static final int BYTES = 1_536;
  private static final int OBJECTS = 10_000;

  private Values() {}

  static String name(long number) {
    return "object-" + number % OBJECTS;
  }

  /// How many values the object has had, with this one.
  static long sequence(long number) {
    return number / OBJECTS + 1;
  }

  /// The number of the object's value before this one; 0 if there is none.
  static long previous(long number) {
    return Math.max(0, number - OBJECTS);
  }

  static byte[] body() {
    return new byte[BYTES];
  }
}
