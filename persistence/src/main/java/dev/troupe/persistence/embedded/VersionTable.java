package dev.troupe.persistence.embedded;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// The events of a collection as rows (version, position in the log, the resource's version
/// before), in the order of versions. Rows arrive nearly in that order.
final class VersionTable {

  private static final int FIRST_CAPACITY = 16;

  private long[] versions;
  private long[] positions;
  private long[] previous;
  private int size;

  VersionTable() {
    this(new long[FIRST_CAPACITY], new long[FIRST_CAPACITY], new long[FIRST_CAPACITY], 0);
  }

  /// @param versions ascending up to `size`
  VersionTable(long[] versions, long[] positions, long[] previous, int size) {
    this.versions = versions;
    this.positions = positions;
    this.previous = previous;
    this.size = size;
  }

  int size() {
    return size;
  }

  long version(int row) {
    return versions[row];
  }

  long position(int row) {
    return positions[row];
  }

  long previous(int row) {
    return previous[row];
  }

  void setPosition(int row, long position) {
    positions[row] = position;
  }

  void setPrevious(int row, long version) {
    previous[row] = version;
  }

  /// The row of a version, or the complement of where it would be.
  int find(long version) {
    if (size == 0 || versions[size - 1] < version) {
      return -size - 1;
    }
    return Arrays.binarySearch(versions, 0, size, version);
  }

  /// The first row above a version.
  int above(long version) {
    int row = find(version);
    return row < 0 ? -row - 1 : row + 1;
  }

  /// @param row where it belongs, as [#find] said
  void insert(int row, long version, long position, long previousVersion) {
    if (size == versions.length) {
      resize(size + (size >> 1) + FIRST_CAPACITY);
    }
    if (row < size) {
      System.arraycopy(versions, row, versions, row + 1, size - row);
      System.arraycopy(positions, row, positions, row + 1, size - row);
      System.arraycopy(previous, row, previous, row + 1, size - row);
    }
    versions[row] = version;
    positions[row] = position;
    previous[row] = previousVersion;
    size++;
  }

  void removeIf(IntPredicate gone) {
    int kept = 0;
    for (int row = 0; row < size; row++) {
      if (!gone.test(row)) {
        versions[kept] = versions[row];
        positions[kept] = positions[row];
        previous[kept] = previous[row];
        kept++;
      }
    }
    size = kept;
    if (size < versions.length / 4) {
      resize(size + FIRST_CAPACITY);
    }
  }

  private void resize(int capacity) {
    versions = Arrays.copyOf(versions, capacity);
    positions = Arrays.copyOf(positions, capacity);
    previous = Arrays.copyOf(previous, capacity);
  }

  VersionTable copy() {
    return new VersionTable(
        Arrays.copyOf(versions, size),
        Arrays.copyOf(positions, size),
        Arrays.copyOf(previous, size),
        size);
  }
}
