package dev.troupe.persistence.embedded.log;

import dev.troupe.runtime.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Walks over the frames of a log and finds its end, or the place where it is damaged.
///
/// A frame is written when the one before is durable. So a place without a whole frame is the end
/// of the log if no frame follows anywhere, and damage otherwise.
public final class LogScan {

  private final List<Segment> segments;

  /// Where the zeros begin, for the segments whose frames have ended.
  private final Map<Integer, Integer> used = new HashMap<>();

  private int current;
  private int offset;
  private long expected;

  /// @param segments consecutive
  /// @param offset in the first of them
  /// @param expected the sequence of the first frame; 0 if any will do, but there must be one
  public LogScan(List<Segment> segments, int offset, long expected) {
    this.segments = segments;
    this.offset = offset;
    this.expected = expected;
  }

  /// @throws StoreException if the log is damaged
  public LogEnd visit(FrameVisitor visitor) {
    while (true) {
      var frame = frame(current, offset);
      if (frame != null) {
        checkSequence(frame);
        visitor.visit(segments.get(current), frame);
        expected = frame.sequence() + 1;
        offset = frame.end();
      } else if (continuesInNext()) {
        current++;
        offset = Segment.HEADER;
      } else {
        refuseIfAnythingFollows();
        return new LogEnd(segments.get(current), offset, Math.max(1, expected));
      }
    }
  }

  private @org.jspecify.annotations.Nullable Frame frame(int segment, int offset) {
    var place = new Frame.Place(segments.get(segment).number(), offset);
    return Frame.read(segments.get(segment).bytes(), place);
  }

  private void checkSequence(Frame frame) {
    if (expected != 0 && frame.sequence() != expected) {
      throw damaged("commit " + expected + " is missing before commit " + frame.sequence());
    }
  }

  private boolean continuesInNext() {
    if (expected == 0 || current + 1 == segments.size() || follows(current, offset)) {
      return false;
    }
    var first = frame(current + 1, Segment.HEADER);
    return first != null && first.sequence() == expected;
  }

  private void refuseIfAnythingFollows() {
    boolean follows = follows(current, offset);
    for (int later = current + 1; later < segments.size() && !follows; later++) {
      follows = follows(later, Segment.HEADER);
    }
    if (follows) {
      if (isMissingInNext()) {
        current++;
        offset = Segment.HEADER;
      }
      throw damaged("no whole commit here, although later ones are there");
    }
  }

  /// Whether it is the first frame of the next segment that is not whole.
  private boolean isMissingInNext() {
    return used(current, offset) <= offset
        && current + 1 < segments.size()
        && used(current + 1, Segment.HEADER) > Segment.HEADER;
  }

  /// Whether a frame begins at or behind an offset.
  private boolean follows(int segment, int from) {
    var bytes = segments.get(segment).bytes();
    int used = used(segment, from);
    for (int at = from; at < used && at <= bytes.limit() - Frame.HEADER; at += Frame.ALIGNMENT) {
      if (bytes.getInt(at) == Frame.MAGIC && frame(segment, at) != null) {
        return true;
      }
    }
    return false;
  }

  private int used(int segment, int from) {
    return used.computeIfAbsent(segment, _ -> segments.get(segment).usedBehind(from));
  }

  /// What an unfinished write has left behind the end that [#visit] has found.
  public List<Leftover> leftovers() {
    var leftovers = new ArrayList<Leftover>();
    for (int segment = current; segment < segments.size(); segment++) {
      int from = segment == current ? offset : Segment.HEADER;
      if (used(segment, from) > from) {
        leftovers.add(new Leftover(segments.get(segment), from, used(segment, from)));
      }
    }
    return leftovers;
  }

  /// Bytes of a segment that are not zero although no frame is there.
  public record Leftover(Segment segment, int from, int to) {}

  private StoreException damaged(String what) {
    return new StoreException(
        segments.get(current).path()
            + " is damaged at offset "
            + offset
            + ": "
            + what
            + "; restore the directory from a backup");
  }

  /// Is shown every frame, in order.
  @FunctionalInterface
  public interface FrameVisitor {
    public void visit(Segment segment, Frame frame);
  }
}
