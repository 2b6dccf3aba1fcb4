package dev.troupe.clusterconfig.command;

import dev.troupe.clusterconfig.command.option.DataOption;
import dev.troupe.clusterconfig.ensemble.EnsembleDirectory;
import dev.troupe.clusterconfig.instance.InstanceFile;
import java.nio.file.Path;

/// What is where in a data directory.
record DataDirectory(Path root) {

  Path certificates() {
    return root.resolve("pki");
  }

  Path kubeconfig() {
    return root.resolve("kubeconfig");
  }

  /// What a detached instance prints.
  Path log() {
    return root.resolve("troupe.log");
  }

  /// Its parts if it is that of many members.
  EnsembleDirectory ensemble() {
    return new EnsembleDirectory(root);
  }

  InstanceFile instance() {
    return InstanceFile.in(root);
  }

  /// The option that makes another command mean this directory; empty where it is the default.
  String option() {
    return root.equals(new DataOption().directory()) ? "" : " --data " + root;
  }
}
