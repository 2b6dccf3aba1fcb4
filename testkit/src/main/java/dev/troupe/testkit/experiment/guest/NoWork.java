package dev.troupe.testkit.experiment.guest;

import java.nio.file.Path;
import java.util.List;

/// Nothing is to be done, and nothing said of it.
public final class NoWork implements GuestWork {

  @Override
  public String promise() {
    return "";
  }

  @Override
  public void begin(List<Path> kubeconfigs) {}

  @Override
  public List<String> amiss(List<Path> kubeconfigs) {
    return List.of();
  }
}
