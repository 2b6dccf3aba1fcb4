package dev.troupe.clusterconfig.discovery;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where members of the cluster may be found, for one who wants to join it. They need not be there,
/// and the one who asks may be among them.
@FunctionalInterface
public interface Seeds {

  /// Host and port of each, as far as is known now. May be asked again and again, and answers
  /// within a few seconds or fails.
  CompletionStage<List<String>> find();
}
