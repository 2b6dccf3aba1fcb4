package dev.troupe.persistence.embedded.log;

import java.util.Arrays;
import java.util.stream.IntStream;

/// [Pointers] while they are collected.
public final class PointerList {

  private long[] versions = new long[16];
  private long[] positions = new long[16];
  private int size;

  public void add(long version, long position) {
    if (size == versions.length) {
      versions = Arrays.copyOf(versions, size * 2);
      positions = Arrays.copyOf(positions, size * 2);
    }
    versions[size] = version;
    positions[size] = position;
    size++;
  }

  public int size() {
    return size;
  }

  public Pointers inOrderAdded() {
    return new Pointers(Arrays.copyOf(versions, size), Arrays.copyOf(positions, size));
  }

  /// In the order in which a disk likes to read.
  public Pointers inLogOrder() {
    var order =
        IntStream.range(0, size)
            .boxed()
            .sorted((a, b) -> Long.compare(positions[a], positions[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Pointers(
        Arrays.stream(order).mapToLong(i -> versions[i]).toArray(),
        Arrays.stream(order).mapToLong(i -> positions[i]).toArray());
  }
}
