package dev.troupe.testkit.clock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// A clock for each of several processes, which can be set while they run.
public final class MemberClocks {

  private static final String AGENT = "clock.jar";

  /// What the agent is made of. Whatever is not written here it gets from the JDK.
  private static final List<String> CLASSES =
      List.of("ClockAgent", "ClockTransformer", "ClockTransformer$Call", "ShiftedClock");

  private final Path directory;

  private MemberClocks(Path directory) {
    this.directory = directory;
  }

  /// @param directory for the files that tell processes how wrong their clocks are
  public static MemberClocks below(Path directory) {
    try {
      Files.createDirectories(directory);
      write(directory.resolve(AGENT));
      return new MemberClocks(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void write(Path jar) throws IOException {
    var manifest = new Manifest();
    var main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", ClockAgent.class.getName());
    // Classes of the JDK itself call it.
    main.putValue("Boot-Class-Path", AGENT);
    main.putValue("Can-Retransform-Classes", "true");
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (var name : CLASSES) {
        var entry = MemberClocks.class.getPackageName().replace('.', '/') + "/" + name + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (var in = MemberClocks.class.getResourceAsStream("/" + entry)) {
          if (in == null) {
            throw new IOException(entry + " is not on the class path");
          }
          in.transferTo(out);
        }
      }
    }
  }

  /// What the JVM of a process is told.
  public List<String> options(int number) {
    if (!Files.exists(file(number))) {
      set(number, Duration.ZERO);
    }
    return List.of("-javaagent:%s=%s".formatted(directory.resolve(AGENT), file(number)));
  }

  private Path file(int number) {
    return directory.resolve("m" + number);
  }

  /// Sets a clock; the process does as it says within a moment.
  ///
  /// @param by how far it is ahead; below zero, behind
  public void set(int number, Duration by) {
    try {
      var part = directory.resolve("m%d.part".formatted(number));
      Files.writeString(part, by.toMillis() + "\n");
      Files.move(
          part, file(number), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
