package dev.troupe.clusterconfig.command.data;

import dev.troupe.clusterconfig.certificates.CertificateDirectory;
import dev.troupe.clusterconfig.command.option.DataOption;
import dev.troupe.clusterconfig.ensemble.EnsembleDirectory;
import dev.troupe.clusterconfig.instance.InstanceFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/// What is where in a data directory.
public record DataDirectory(Path root) {

  public Path certificates() {
    return root.resolve("pki");
  }

  /// The cluster's own authority, and what it has issued here.
  public CertificateDirectory authority() {
    return new CertificateDirectory(certificates(), InstantSource.system(), new SecureRandom());
  }

  public Path kubeconfig() {
    return root.resolve("kubeconfig");
  }

  /// What a detached instance prints.
  public Path log() {
    return root.resolve("troupe.log");
  }

  /// Its parts if it is that of many members.
  public EnsembleDirectory ensemble() {
    return new EnsembleDirectory(root);
  }

  public InstanceFile instance() {
    return InstanceFile.in(root);
  }

  /// The option that makes another command mean this directory; empty where it is the default.
  public String option() {
    return root.equals(new DataOption().directory()) ? "" : " --data " + root;
  }
}
