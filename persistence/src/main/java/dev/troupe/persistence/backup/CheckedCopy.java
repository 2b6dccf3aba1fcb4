package dev.troupe.persistence.backup;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Copies the bytes of a backup and reads them on the way, so that what arrived is known to be
/// whole.
public final class CheckedCopy {

  private CheckedCopy() {}

  /// @param out is buffered by the caller
  /// @param name of the file, for people
  /// @return how many entries the backup has
  /// @throws dev.troupe.runtime.store.StoreException if it is damaged or cut off
  public static long of(InputStream in, OutputStream out, String name) throws IOException {
    var reader = new BackupReader(new Tee(new BufferedInputStream(in), out), name);
    while (reader.hasNext()) {
      reader.next();
    }
    return reader.entries();
  }

  /// Writes what is read.
  private static final class Tee extends FilterInputStream {

    private final OutputStream copy;

    private Tee(InputStream in, OutputStream copy) {
      super(in);
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      if (one >= 0) {
        copy.write(one);
      }
      return one;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      if (read > 0) {
        copy.write(bytes, from, read);
      }
      return read;
    }
  }
}
