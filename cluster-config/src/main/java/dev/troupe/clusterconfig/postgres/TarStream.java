package dev.troupe.clusterconfig.postgres;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The entries of a tar archive, one after the other.
final class TarStream {

  private static final int BLOCK = 512;

  /// Where fields of a header begin, and how long they are.
  private static final int NAME = 0;

  private static final int NAME_LENGTH = 100;
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int KIND = 156;
  private static final int LINK = 157;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = 155;

  /// What an entry is.
  enum Kind {
    FILE,
    DIRECTORY,
    LINK
  }

  /// @param link where a link leads to, beside itself
  record Header(String name, Kind kind, String link) {}

  private final InputStream in;
  private long left;
  private long padding;

  TarStream(InputStream in) {
    this.in = in;
  }

  /// Empty at the end; what was not read of the entry before is skipped.
  Optional<Header> next() throws IOException {
    while (true) {
      in.skipNBytes(left + padding);
      left = 0;
      padding = 0;
      byte[] block = in.readNBytes(BLOCK);
      if (block.length < BLOCK) {
        throw new EOFException("the archive ends too early");
      }
      if (block[NAME] == 0) {
        return Optional.empty();
      }
      left = number(block, SIZE, SIZE_LENGTH);
      padding = (BLOCK - left % BLOCK) % BLOCK;
      char kind = (char) block[KIND];
      // Times and the like, of the entry that follows.
      if (kind != 'x' && kind != 'g') {
        return Optional.of(header(block, kind));
      }
    }
  }

  private Header header(byte[] block, char kind) throws IOException {
    var prefix = text(block, PREFIX, PREFIX_LENGTH);
    var name = text(block, NAME, NAME_LENGTH);
    return new Header(
        prefix.isEmpty() ? name : prefix + "/" + name,
        switch (kind) {
          case '0', 0 -> Kind.FILE;
          case '5' -> Kind.DIRECTORY;
          case '2' -> Kind.LINK;
          default -> throw new IOException("the archive holds an entry of the kind " + kind);
        },
        text(block, LINK, NAME_LENGTH));
  }

  /// The content of the entry that [#next] has found.
  void copyTo(OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("the archive ends in the middle of a file");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  private static String text(byte[] block, int begin, int length) {
    int end = begin;
    while (end < begin + length && block[end] != 0) {
      end++;
    }
    return new String(block, begin, end - begin, StandardCharsets.UTF_8);
  }

  private static long number(byte[] block, int begin, int length) throws IOException {
    var digits = text(block, begin, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("the archive is damaged", e);
    }
  }
}
