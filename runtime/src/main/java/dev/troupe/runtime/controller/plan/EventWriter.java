package dev.troupe.runtime.controller.plan;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.controller.view.ControllerJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Kubernetes Events about what controllers do: one object per thing said, counting repetitions.
public final class EventWriter {

  private static final TypeRef EVENTS = TypeRef.core("events");
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_MESSAGE = 1024;

  private EventWriter() {}

  /// Identifies what is said, about whom, by whom.
  public static String digest(Plan.Note note, Subject subject, String controller) {
    var other = note.about();
    var text =
        controller
            + "/"
            + (other == null ? subject.uid() : orEmpty(other.getMetadata().getUid()))
            + "/"
            + (other == null ? subject.kind() : orEmpty(other.getKind()))
            + "/"
            + (other == null ? subject.key().name() : orEmpty(other.getMetadata().getName()))
            + "/"
            + note.warning()
            + "/"
            + note.reason()
            + "/"
            + note.message();
    return HexFormat.of().toHexDigits(Stamp.uuid(text).getMostSignificantBits());
  }

  public static PlannedWrite write(
      Plan.Note note,
      String digest,
      int count,
      Instant first,
      Subject subject,
      String component,
      Stamp stamp) {
    var about = about(note, subject);
    var namespace = about.path("namespace").asString("");
    var eventNamespace = namespace.isEmpty() ? "default" : namespace;
    var name = shorten(about.path("name").asString(""), LONGEST_NAME) + "." + digest;
    var event = ControllerJson.empty().put("apiVersion", "v1").put("kind", "Event");
    event.putObject("metadata").put("name", name).put("namespace", eventNamespace);
    event.set("involvedObject", about);
    event
        .put("reason", note.reason())
        .put("message", shorten(note.message(), LONGEST_MESSAGE))
        .put("type", note.warning() ? "Warning" : "Normal")
        .put("firstTimestamp", seconds(first))
        .put("lastTimestamp", seconds(stamp.now()))
        .put("count", count)
        .put("reportingComponent", component)
        .put("reportingInstance", "");
    event.putObject("source").put("component", component);
    var key = stamp.mutationKey("event/" + digest + "/" + count);
    return new PlannedWrite(
        new ResourceKey(EVENTS, eventNamespace, name),
        "v1",
        Subresources.WHOLE,
        new Mutation.Merge(event),
        key,
        Stamp.uid(key),
        stamp.cause(),
        stamp.fieldManager(),
        true,
        true,
        true);
  }

  private static ObjectNode about(Plan.Note note, Subject subject) {
    var about = ControllerJson.empty();
    var other = note.about();
    if (other == null) {
      return about
          .put("kind", subject.kind())
          .put("namespace", subject.key().namespace())
          .put("name", subject.key().name())
          .put("uid", subject.uid())
          .put("apiVersion", subject.apiVersion())
          .put("resourceVersion", Version.format(subject.version()));
    }
    var metadata = other.getMetadata();
    return about
        .put("kind", other.getKind())
        .put("namespace", orEmpty(metadata.getNamespace()))
        .put("name", metadata.getName())
        .put("uid", orEmpty(metadata.getUid()))
        .put("apiVersion", other.getApiVersion());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String shorten(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
