package dev.troupe.clusterconfig.certificates;

import java.io.Serial;
import java.nio.file.Path;

/// A certificate or key on disk that cannot be used; a person must decide what becomes of it.
public final class DamagedCertificateException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  DamagedCertificateException(Path file, String problem) {
    super(
        "%s cannot be used: %s. Restore it from a backup, or delete the directory %s to get new certificates (kubeconfigs handed out so far then stop working)"
            .formatted(file, problem, file.getParent()));
  }
}
