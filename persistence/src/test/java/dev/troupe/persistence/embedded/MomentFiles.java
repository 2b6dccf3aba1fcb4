package dev.troupe.persistence.embedded;

import dev.troupe.persistence.embedded.files.DiskFiles;
import dev.troupe.persistence.embedded.files.FileAccess;
import dev.troupe.persistence.embedded.files.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Real files of an engine that tells somebody at which [Moment] it is, and waits for him.
final class MomentFiles implements FileAccess {

  private final DiskFiles disk = new DiskFiles();
  private final Consumer<Moment> told;

  MomentFiles(Consumer<Moment> told) {
    this.told = told;
  }

  @Override
  public void reached(Moment moment) {
    told.accept(moment);
  }

  @Override
  public StoreFile create(Path path) throws IOException {
    return disk.create(path);
  }

  @Override
  public StoreFile open(Path path) throws IOException {
    return disk.open(path);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(path);
  }

  @Override
  public long usable(Path directory) {
    return disk.usable(directory);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    disk.syncDirectory(directory);
  }
}
