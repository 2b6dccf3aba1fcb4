package dev.troupe.apiserver.backup;

import java.io.IOException;
import java.io.OutputStream;

/// Writes a backup of what the member stores.
@FunctionalInterface
public interface BackupSource {

  /// Blocks until all is written, or throws: what was written until then is no backup.
  void writeTo(OutputStream out) throws IOException;
}
