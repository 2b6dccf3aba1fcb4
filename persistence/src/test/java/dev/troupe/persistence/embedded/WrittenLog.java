package dev.troupe.persistence.embedded;

import dev.troupe.persistence.embedded.log.Frame;
import dev.troupe.persistence.embedded.log.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The bytes of a log that a store has written and closed, to be damaged.
///
/// @param segments in order, the prepared one included
record WrittenLog(Path directory, List<Bytes> segments) {

  /// One segment.
  record Bytes(long number, byte[] content, List<Frame> frames) {}

  static WrittenLog of(Path directory) throws IOException {
    var segments = new ArrayList<Bytes>();
    try (var files = Files.list(directory)) {
      for (var file : files.filter(f -> f.toString().endsWith(Segment.ENDING)).sorted().toList()) {
        var name = file.getFileName().toString();
        long number = Long.parseLong(name.substring(0, name.length() - Segment.ENDING.length()));
        var content = Files.readAllBytes(file);
        segments.add(new Bytes(number, content, frames(number, content)));
      }
    }
    return new WrittenLog(directory, segments);
  }

  static List<Frame> frames(long number, byte[] content) {
    var frames = new ArrayList<Frame>();
    var bytes = ByteBuffer.wrap(content);
    int offset = Segment.HEADER;
    for (Frame frame;
        (frame = Frame.read(bytes, new Frame.Place(number, offset))) != null;
        offset = frame.end()) {
      frames.add(frame);
    }
    return frames;
  }

  /// The segment in which the log ends.
  Bytes last() {
    return segments.reversed().stream()
        .filter(segment -> !segment.frames().isEmpty())
        .findFirst()
        .orElse(segments.getFirst());
  }

  Frame lastFrame() {
    return last().frames().getLast();
  }

  void write(Bytes segment, byte[] content) throws IOException {
    Files.write(TestStores.segment(directory, segment.number()), content);
  }
}
