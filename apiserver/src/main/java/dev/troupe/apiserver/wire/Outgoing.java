package dev.troupe.apiserver.wire;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;

/// What a stream has to send: frames, which are handed over in pieces as far as the client takes
/// them. What has been handed over is encrypted, and so a copy of its own; the rest is shared.
final class Outgoing {

  /// As much is handed over at once.
  static final int PIECE = 16 * 1024;

  /// As much may wait before nothing more should be added: an eighth of what the client has taken,
  /// so that one that stops to read at the beginning costs little, but this at least, and no more
  /// than [#MOST].
  static final int LEAST = 8 * 1024;

  static final int MOST = 64 * 1024;
  private static final int PART = 8;

  private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
  private int at;
  private long waiting;
  private long handed;
  private long taken;

  /// A part of a frame.
  record Piece(byte[] frame, int from, int to) {

    boolean isFirst() {
      return from == 0;
    }

    boolean isLast() {
      return to == frame.length;
    }

    int length() {
      return to - from;
    }
  }

  void add(byte[] frame) {
    if (frame.length > 0) {
      frames.add(frame);
      waiting += frame.length;
    }
  }

  boolean hasNext() {
    return !frames.isEmpty() && handed < room();
  }

  /// The next piece, which counts as handed over.
  Piece next() {
    byte[] frame = frames.element();
    var piece = new Piece(frame, at, Math.min(frame.length, at + Math.min(PIECE, room())));
    at = piece.to();
    if (piece.isLast()) {
      frames.remove();
      at = 0;
    }
    waiting -= piece.length();
    handed += piece.length();
    return piece;
  }

  /// The client has taken as much of what was handed over.
  void taken(long bytes) {
    handed -= bytes;
    taken += bytes;
  }

  /// How much the client has taken since the beginning.
  long taken() {
    return taken;
  }

  /// How much has been handed over and not been taken.
  long handed() {
    return handed;
  }

  /// Whether nothing more should be added.
  boolean isFull() {
    return waiting + handed >= room();
  }

  private int room() {
    return Math.clamp(taken / PART, LEAST, MOST);
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /// Those that have not been handed over completely.
  Collection<byte[]> frames() {
    return Collections.unmodifiableCollection(frames);
  }

  /// Forgets what has not been handed over.
  void clear() {
    frames.clear();
    at = 0;
    waiting = 0;
  }
}
