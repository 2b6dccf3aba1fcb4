package dev.troupe.api.controller;

import java.time.Instant;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Where the log lines of a pod's containers are read from: the simulated nodes today, kubelets
/// later.
public interface PodLogs {

  /// The lines of one container, oldest first.
  ///
  /// @return the lines there are and, if `follow`, those to come until the container ends; fails
  ///   with [NoSuchContainerException]
  Flow.Publisher<Line> read(Query query);

  /// Which lines are wanted. `tailLines` and `since` are limits, null where there is none;
  /// `previous` asks for the container's former run.
  record Query(
      String namespace,
      String pod,
      String container,
      boolean follow,
      boolean previous,
      @Nullable Integer tailLines,
      @Nullable Instant since) {}

  /// One line without its line end.
  record Line(Instant time, String text) {}

  /// There is no such container, or it has not run yet.
  final class NoSuchContainerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NoSuchContainerException(String message) {
      super(message);
    }
  }
}
