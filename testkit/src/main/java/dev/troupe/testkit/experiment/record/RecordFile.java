package dev.troupe.testkit.experiment.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The file of a record: JSON, with a request as a row of six numbers, `[due, lag, took, asker,
/// endpoint, fault]`.
///
/// Every request is in it, none is added up with others: what counts as unavailable, and how long a
/// bucket of a plot is, can be decided anew when two runs are compared. Rows keep two million of
/// them, two hours at 300 a second, at about 60 MB, where objects with names would be ten times
/// that; who asked for what and why it failed are lists that rows point into. They are written and
/// read one after the other.
public final class RecordFile {

  /// Which form of the file this is; the first thing in it. A change that this code would read
  /// wrongly has the next number.
  static final int FORMAT = 1;

  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private static final String FORMAT_NAME = "troupeExperimentFormat";

  private RecordFile() {}

  /// A file cannot be read as a record; the message tells a person why, and what to do.
  public static final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private UnreadableException(String message, Throwable cause) {
      super(message, cause);
    }

    private UnreadableException(String message) {
      super(message);
    }
  }

  /// Writes a record; whoever looks meanwhile sees the file that was there before, or none.
  public static void write(ExperimentRecord written, Path file) {
    var part = file.resolveSibling(file.getFileName() + ".part");
    try (var out = Files.newOutputStream(part);
        var json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberProperty(FORMAT_NAME, FORMAT);
      json.writePOJOProperty("run", written.run());
      json.writePOJOProperty("verdicts", written.verdicts());
      json.writePOJOProperty("leftOut", written.leftOut());
      json.writePOJOProperty("notReproducible", written.notReproducible());
      json.writePOJOProperty("faults", written.faults());
      json.writePOJOProperty("takeovers", written.takeovers());
      json.writePOJOProperty("partitions", written.partitions());
      json.writePOJOProperty("owners", written.owners());
      json.writePOJOProperty("watchers", written.watchers());
      json.writeName("requests");
      RequestRows.write(json, written.requests());
      json.writeEndObject();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    replace(part, file);
  }

  private static void replace(Path part, Path file) {
    try {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// @throws UnreadableException if it is not a record, or of a format that is not known yet
  public static ExperimentRecord read(Path file) {
    try (var in = Files.newInputStream(file);
        var json = JSON.createParser(in)) {
      requireFormat(file, json);
      return read(json);
    } catch (NoSuchFileException missing) {
      throw new UnreadableException(file + " cannot be read: there is no such file", missing);
    } catch (IOException failure) {
      throw new UnreadableException(file + " cannot be read: " + failure, failure);
    } catch (JacksonException | IllegalArgumentException wrong) {
      throw new UnreadableException(
          file + " is no whole record of an experiment: " + firstLine(wrong), wrong);
    }
  }

  private static String firstLine(Exception wrong) {
    return String.valueOf(
        wrong instanceof JacksonException json ? json.getOriginalMessage() : wrong.getMessage());
  }

  private static void requireFormat(Path file, JsonParser json) {
    boolean isFirst =
        json.nextToken() == JsonToken.START_OBJECT
            && FORMAT_NAME.equals(json.nextName())
            && json.nextToken() == JsonToken.VALUE_NUMBER_INT;
    if (!isFirst) {
      throw new UnreadableException(
          file + " is no record of an experiment: it does not begin with " + FORMAT_NAME);
    }
    if (json.getIntValue() > FORMAT) {
      throw new UnreadableException(
          "%s is of format %d, and this troupe reads formats up to %d: use the release that wrote it, or a newer one"
              .formatted(file, json.getIntValue(), FORMAT));
    }
  }

  /// All but the requests.
  record Rest(
      RunDescription run,
      List<PartitionShare> partitions,
      List<WatcherRecord> watchers,
      List<FaultSpan> faults,
      List<OwnerSpan> owners,
      List<Takeover> takeovers,
      List<InvariantVerdict> verdicts,
      List<LeftOut> leftOut,
      List<String> notReproducible) {

    private ExperimentRecord with(RequestTable requests) {
      return new ExperimentRecord(
          run,
          partitions,
          requests,
          watchers,
          faults,
          owners,
          takeovers,
          verdicts,
          leftOut,
          notReproducible);
    }
  }

  private static ExperimentRecord read(JsonParser json) {
    var rest = JSON.createObjectNode();
    RequestTable requests = null;
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      if (name.equals("requests")) {
        requests = RequestRows.read(json);
      } else {
        rest.set(name, json.<JsonNode>readValueAsTree());
      }
    }
    if (requests == null) {
      throw new IllegalArgumentException("it has no requests");
    }
    return JSON.treeToValue(rest, Rest.class).with(requests);
  }
}
