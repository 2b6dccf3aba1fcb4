package dev.troupe.clusterconfig.ensemble;

import dev.troupe.clusterconfig.certificates.PrivateFile;
import dev.troupe.clusterconfig.member.MemberFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where it is written down which members there are on this machine.
public record EnsembleFile(Path file) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /// Empty if the data directory is not that of many members.
  ///
  /// @throws MemberFailedException if the file is damaged
  public Optional<Ensemble> read() {
    try {
      return Optional.of(parse(JSON.readTree(Files.readAllBytes(file))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException | IllegalArgumentException e) {
      throw new MemberFailedException(
          ("%s is damaged (%s); if it is deleted, `troupe up --members N` writes it anew: what is"
                  + " stored is not in it")
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Ensemble parse(JsonNode json) {
    var seats =
        json.path("members")
            .valueStream()
            .map(seat ->
                new Seat(
                    text(seat, "name"),
                    port(seat, "apiPort"),
                    port(seat, "port"),
                    port(seat, "probePort")))
            .toList();
    if (seats.isEmpty()) {
      throw new IllegalArgumentException("it names no members");
    }
    return new Ensemble(json.path("store").asString(""), seats);
  }

  private static String text(JsonNode seat, String field) {
    var value = seat.path(field).asString("");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a member has no " + field);
    }
    return value;
  }

  private static int port(JsonNode seat, String field) {
    int value = seat.path(field).asInt(0);
    if (value < 1 || value > 65_535) {
      throw new IllegalArgumentException("a member has no " + field);
    }
    return value;
  }

  public void write(Ensemble ensemble) {
    var json = JSON.createObjectNode();
    if (!ensemble.hasOwnDatabase()) {
      json.put("store", ensemble.store());
    }
    var members = json.putArray("members");
    for (var seat : ensemble.seats()) {
      members
          .addObject()
          .put("name", seat.name())
          .put("apiPort", seat.apiPort())
          .put("port", seat.port())
          .put("probePort", seat.probePort());
    }
    PrivateFile.write(file, json.toPrettyString() + "\n");
  }
}
