package dev.troupe.clusterconfig.assembly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.CRC32C;

/// Tells the code and the settings that controllers decide by from others.
///
/// The code is that of the jars and directories that hold the given classes, not what these use in
/// turn. Where it cannot be told, every run is another revision.
final class ControllerRevision {

  private static final int PIECE = 1 << 16;

  private final CRC32C checksum = new CRC32C();
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE);

  private ControllerRevision() {}

  static String of(Collection<Class<?>> classes, List<String> settings) {
    try {
      var revision = new ControllerRevision();
      for (var place : places(classes)) {
        revision.add(place);
      }
      settings.forEach(setting -> revision.add(setting));
      return Long.toHexString(revision.checksum.getValue());
    } catch (IOException | UncheckedIOException | URISyntaxException unreadable) {
      return UUID.randomUUID().toString();
    }
  }

  private static Collection<Path> places(Collection<Class<?>> classes)
      throws IOException, URISyntaxException {
    var places = new TreeSet<Path>();
    for (var one : classes) {
      var source = one.getProtectionDomain().getCodeSource();
      if (source == null) {
        throw new IOException("nobody tells where " + one + " comes from");
      }
      places.add(Path.of(source.getLocation().toURI()));
    }
    return places;
  }

  /// A file, or all files of a directory with their names in it.
  private void add(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      addContent(place);
      return;
    }
    List<Path> files;
    try (var all = Files.walk(place)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (var file : files) {
      add(place.relativize(file).toString());
      addContent(file);
    }
  }

  private void addContent(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      while (channel.read(piece) >= 0) {
        checksum.update(piece.flip());
        piece.clear();
      }
    }
  }

  private void add(String text) {
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    checksum.update(0);
  }
}
