package dev.troupe.clusterconfig.certificates;

import java.io.Serial;
import java.nio.file.Path;

/// A certificate or key on disk that cannot be used; a person must decide what becomes of it.
public final class DamagedCertificateException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /// How a member gets other certificates.
  static final String ISSUE =
      "issue another where the cluster's authority is, with `troupe certificate NAME --host HOST`,"
          + " and copy the directory here";

  private final String file;
  private final String problem;

  DamagedCertificateException(Path file, String problem) {
    this(
        file.toString(),
        problem,
        "Restore it from a backup, or delete the directory %s to get new certificates (kubeconfigs handed out so far then stop working)"
            .formatted(file.getParent()));
  }

  private DamagedCertificateException(String file, String problem, String remedy) {
    super("%s cannot be used: %s. %s".formatted(file, problem, remedy));
    this.file = file;
    this.problem = problem;
  }

  /// Of what was made elsewhere.
  static DamagedCertificateException ofReceived(Path file, String problem) {
    return new DamagedCertificateException(file.toString(), problem, remedy());
  }

  /// The same, where it was made elsewhere.
  DamagedCertificateException received() {
    return new DamagedCertificateException(file, problem, remedy());
  }

  private static String remedy() {
    return Character.toUpperCase(ISSUE.charAt(0)) + ISSUE.substring(1);
  }
}
