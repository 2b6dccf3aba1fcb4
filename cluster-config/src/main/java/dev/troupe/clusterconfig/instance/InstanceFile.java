package dev.troupe.clusterconfig.instance;

import dev.troupe.clusterconfig.certificates.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where an instance writes what it is, so that other processes find it by its data directory.
public final class InstanceFile {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;

  private InstanceFile(Path file) {
    this.file = file;
  }

  public static InstanceFile in(Path data) {
    return new InstanceFile(data.resolve("instance.json"));
  }

  /// Where whoever starts a process says which it is, until the process says so itself.
  public static InstanceFile ofStarter(Path data) {
    return new InstanceFile(data.resolve("started.json"));
  }

  /// What runs, as it says itself, or else as its starter has said.
  public static Optional<Instance> runningIn(Path data) {
    return in(data).running().or(ofStarter(data)::running);
  }

  /// The instance that is running; empty also where a killed one left its file behind.
  public Optional<Instance> running() {
    return read().filter(instance -> instance.process().isPresent());
  }

  public void write(Instance instance) {
    var json = JSON.createObjectNode();
    json.put("pid", instance.pid());
    json.put("processStart", instance.processStart().toString());
    json.put("phase", instance.phase().name());
    instance.server().ifPresent(server -> json.put("server", server));
    json.put("nodes", instance.nodes());
    PrivateFile.write(file, json.toPrettyString() + "\n");
  }

  /// The same for whoever goes on in any case: a full disk keeps nobody from stopping.
  ///
  /// @return why it could not be written; empty if it is
  public Optional<String> tryToWrite(Instance instance) {
    try {
      write(instance);
      return Optional.empty();
    } catch (UncheckedIOException failure) {
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }

  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  private Optional<Instance> read() {
    try {
      return parse(JSON.readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /// Empty for what no instance wrote: a file that a dying disk or a person left.
  private static Optional<Instance> parse(JsonNode json) {
    try {
      return Optional.of(
          new Instance(
              json.path("pid").asLong(),
              Instant.parse(json.path("processStart").asString("")),
              Instance.Phase.valueOf(json.path("phase").asString("")),
              Optional.ofNullable(json.path("server").stringValue(null)),
              json.path("nodes").asInt()));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
