package dev.troupe.clusterconfig.postgres;

import dev.troupe.clusterconfig.certificates.PrivateFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/// The programs of a PostgreSQL server, which Troupe carries in its class path as a packed archive,
/// and unpacks where they are needed.
final class ServerBinaries {

  private static final String PREFIX = "server-";
  private static final int NAME_BYTES = 6;

  private final Path directory;
  private final String archive;

  private ServerBinaries(Path directory, String archive) {
    this.directory = directory;
    this.archive = archive;
  }

  /// Those for this machine, to be unpacked below `directory`.
  static ServerBinaries below(Path directory) {
    return new ServerBinaries(directory, archiveForHere());
  }

  private static String archiveForHere() {
    return archive(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /// Why there are none for this machine; empty if there are some.
  static String obstacle() {
    var archive = archiveForHere();
    return ServerBinaries.class.getResource("/" + archive) == null
        ? "this Troupe carries no PostgreSQL for this machine (%s)".formatted(archive)
        : "";
  }

  /// The name of the archive for a platform.
  static String archive(String system, String processor) {
    var family = system.toLowerCase(Locale.ROOT);
    return "postgres-%s-%s.txz"
        .formatted(
            family.startsWith("mac") ? "darwin" : family.startsWith("win") ? "windows" : family,
            switch (processor) {
              case "aarch64", "arm64" -> "arm_64";
              case "amd64", "x86_64" -> "x86_64";
              default -> processor;
            });
  }

  /// The directory with `bin`; unpacks what is not there yet, and removes what others have left:
  /// only to be called while no server runs.
  Path unpacked() {
    try {
      var home = home();
      removeOthers(home);
      if (!Files.isDirectory(home)) {
        unpackTo(home);
      }
      makeExecutable(home);
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the programs of PostgreSQL cannot be unpacked in %s: %s".formatted(directory, e), e);
    }
  }

  private Path home() {
    return directory.resolve(PREFIX + digest());
  }

  private InputStream open() {
    var found = ServerBinaries.class.getResourceAsStream("/" + archive);
    if (found == null) {
      throw new DatabaseFailedException(
          ("this Troupe carries no PostgreSQL for this machine (%s): build it here, or name a"
                  + " database of your own with --store")
              .formatted(archive));
    }
    return found;
  }

  /// Names what is unpacked after what it is: another release may carry another server.
  private String digest() {
    try (var in = new DigestInputStream(open(), MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[1 << 16];
      while (in.read(buffer) >= 0) {
        // Only read.
      }
      return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, NAME_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + archive + ": " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  /// Appears whole or not at all.
  private void unpackTo(Path home) throws IOException {
    var fresh = directory.resolve("." + home.getFileName() + ".new");
    deleteTree(fresh);
    PrivateFile.createDirectory(fresh);
    try (var in = new XZInputStream(new BufferedInputStream(open(), 1 << 16))) {
      unpack(in, fresh);
    }
    Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
  }

  /// A second name of a file instead of a link to it: nothing in a data directory leads elsewhere.
  static void unpack(InputStream archive, Path into) throws IOException {
    var tar = new TarStream(archive);
    Map<Path, Path> links = new LinkedHashMap<>();
    for (var next = tar.next(); next.isPresent(); next = tar.next()) {
      var header = next.get();
      var target = inside(into, into.resolve(header.name()));
      switch (header.kind()) {
        case DIRECTORY -> Files.createDirectories(target);
        case LINK -> links.put(target, inside(into, target.resolveSibling(header.link())));
        case FILE -> {
          Files.createDirectories(target.getParent());
          try (var out = Files.newOutputStream(target)) {
            tar.copyTo(out);
          }
        }
      }
    }
    for (var link : links.entrySet()) {
      Files.createLink(link.getKey(), end(links, link.getValue()));
    }
  }

  private static Path end(Map<Path, Path> links, Path target) throws IOException {
    var at = target;
    for (int steps = 0; links.containsKey(at); steps++) {
      if (steps > links.size()) {
        throw new IOException(target + " leads to itself");
      }
      at = links.get(at);
    }
    return at;
  }

  private static Path inside(Path directory, Path file) throws IOException {
    var plain = file.normalize();
    if (!plain.startsWith(directory.normalize())) {
      throw new IOException("the archive holds a file that is not to be below it: " + file);
    }
    return plain;
  }

  /// Whoever makes a data directory private leaves no file executable.
  static void makeExecutable(Path home) {
    try (var programs = Files.list(home.resolve("bin"))) {
      for (var program : (Iterable<Path>) programs::iterator) {
        if (!Files.isExecutable(program)) {
          Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make what is in " + home + " executable: " + e, e);
    }
  }

  private void removeOthers(Path home) throws IOException {
    try (var others = Files.list(directory)) {
      for (var other : (Iterable<Path>) others::iterator) {
        if (other.getFileName().toString().startsWith(PREFIX) && !other.equals(home)) {
          deleteTree(other);
        }
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (var path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
