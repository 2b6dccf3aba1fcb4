package dev.troupe.clusterconfig.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a data directory, and all that is in it, its owner's alone: keys and secrets are there.
///
/// What is made while the directory is in use is out of others' reach because the directory is.
public final class DataPermissions extends SimpleFileVisitor<Path> {

  private static final Logger LOG = LoggerFactory.getLogger(DataPermissions.class);

  private static final Set<PosixFilePermission> OF_DIRECTORIES =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OF_FILES =
      PosixFilePermissions.fromString("rw-------");

  private final Optional<UserPrincipal> user;
  private boolean heeded = true;

  DataPermissions(Optional<UserPrincipal> user) {
    this.user = user;
  }

  /// @param data may itself be a symbolic link: it is what was asked for
  /// @throws UncheckedIOException if that cannot be, with what to do
  public static void secure(Path data) {
    new DataPermissions(thisUser()).makePrivate(data);
  }

  void makePrivate(Path data) {
    try {
      Files.walkFileTree(data.toRealPath(), this);
    } catch (IOException e) {
      throw new UncheckedIOException(
          e instanceof RefusedFileException
              ? e.getMessage()
              : "cannot make " + data + " private: " + e,
          e);
    }
    if (!heeded) {
      LOG.warn(
          "{} is on a file system without permissions: whoever reaches it can read what is stored,"
              + " keys and secrets too",
          data);
    }
  }

  /// Empty where the system does not tell.
  private static Optional<UserPrincipal> thisUser() {
    try {
      return Optional.of(Files.getOwner(Path.of("/proc/self")));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    return visit(directory, OF_DIRECTORIES);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      throw new RefusedFileException(
          ("%s is a symbolic link, and what is behind it may be anybody's; put what it leads to in"
                  + " its place")
              .formatted(file));
    }
    return visit(file, OF_FILES);
  }

  /// A file may go while one looks: of a member that has just ended.
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw new RefusedFileException(
        "%s cannot be read (%s); its owner can give it to you: chown -R"
            .formatted(file, failure.getClass().getSimpleName()));
  }

  private FileVisitResult visit(Path path, Set<PosixFilePermission> wanted) throws IOException {
    var view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      heeded = false;
      return FileVisitResult.TERMINATE;
    }
    var present = view.readAttributes();
    if (user.isPresent() && !user.get().equals(present.owner())) {
      throw new RefusedFileException(
          "%s belongs to %s and Troupe runs as %s: whoever owns it can read it; chown -R it, or run as %s"
              .formatted(
                  path,
                  present.owner().getName(),
                  user.get().getName(),
                  present.owner().getName()));
    }
    if (!present.permissions().equals(wanted)) {
      change(view, wanted);
    }
    return heeded ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
  }

  /// A file system may refuse permissions, or forget them.
  private void change(PosixFileAttributeView view, Set<PosixFilePermission> wanted) {
    try {
      view.setPermissions(wanted);
      heeded = view.readAttributes().permissions().equals(wanted);
    } catch (IOException e) {
      heeded = false;
    }
  }

  private static final class RefusedFileException extends IOException {

    private static final long serialVersionUID = 1;

    RefusedFileException(String message) {
      super(message);
    }
  }
}
