package dev.troupe.persistence.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// What a file of [FaultyFiles] holds, and what of it would outlive a power loss.
final class Inode {

  static final int SECTOR = 512;

  private record Write(byte[] bytes, int position) {}

  private final List<Write> unsynced = new ArrayList<>();
  private byte[] durable;
  private long size;

  Inode() {
    this(new byte[0]);
  }

  Inode(byte[] durable) {
    this.durable = durable;
    size = durable.length;
  }

  long size() {
    return size;
  }

  void write(byte[] bytes, int position) {
    unsynced.add(new Write(bytes, position));
    size = Math.max(size, (long) position + bytes.length);
  }

  void sync() {
    for (var write : unsynced) {
      durable = with(durable, write, 0, write.bytes.length);
    }
    unsynced.clear();
  }

  /// What is left if each sector of what was not synced is there or not.
  byte[] after(Random chance) {
    var content = durable.clone();
    for (var write : unsynced) {
      for (int at = 0, end; at < write.bytes.length; at = end) {
        end = Math.min(write.bytes.length, at + SECTOR - (write.position + at) % SECTOR);
        if (chance.nextBoolean()) {
          content = with(content, write, at, end);
        }
      }
    }
    return content;
  }

  private static byte[] with(byte[] content, Write write, int from, int to) {
    var result = content;
    if (result.length < write.position + to) {
      result = Arrays.copyOf(result, write.position + to);
    }
    System.arraycopy(write.bytes, from, result, write.position + from, to - from);
    return result;
  }
}
