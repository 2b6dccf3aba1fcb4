package dev.troupe.testkit.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// What all clients did and saw, in the order in which it was recorded. May be added to by any
/// thread.
public final class ClientHistory {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Observation> entries = new ArrayList<>();

  public synchronized void add(Observation entry) {
    entries.add(entry);
  }

  public synchronized List<Observation> entries() {
    return List.copyOf(entries);
  }

  <T extends Observation> List<T> all(Class<T> type) {
    return entries().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// Writes one entry a line.
  public void writeTo(Path file) {
    var lines =
        entries().stream().map(JSON.writerFor(Observation.class)::writeValueAsString).toList();
    try {
      Files.write(file, lines);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Reads what [#writeTo] has written.
  public static ClientHistory read(Path file) {
    var history = new ClientHistory();
    try {
      Files.readAllLines(file)
          .forEach(line -> history.add(JSON.readValue(line, Observation.class)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return history;
  }
}
