package dev.troupe.testkit;

/// How often something is expected to have happened.
public record Times(int least, int most) {

  public static Times times(int count) {
    return new Times(count, count);
  }

  public static Times atLeast(int count) {
    return new Times(count, Integer.MAX_VALUE);
  }

  public static Times never() {
    return times(0);
  }

  boolean includes(long count) {
    return count >= least && count <= most;
  }

  @Override
  public String toString() {
    return most == Integer.MAX_VALUE
        ? "at least " + least + " times"
        : least == most ? least + " times" : least + " to " + most + " times";
  }
}
