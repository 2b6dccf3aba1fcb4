package dev.troupe.resources.codec.owners;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;

/// Texts that follow each other, of which each may be written to where it goes without being put
/// together before.
public interface JsonParts extends Iterator<byte[]> {

  /// Does with the next what [#next] would answer.
  void writeNext(OutputStream out) throws IOException;

  /// Writes the next of any texts, on the shortest way that there is.
  static void writeNext(Iterator<byte[]> parts, OutputStream out) throws IOException {
    if (parts instanceof JsonParts some) {
      some.writeNext(out);
    } else {
      out.write(parts.next());
    }
  }
}
