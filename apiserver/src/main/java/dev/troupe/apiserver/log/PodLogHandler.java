package dev.troupe.apiserver.log;

import dev.troupe.api.controller.PodLogs;
import dev.troupe.api.refusal.CauseType;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.call.VerbHandler;
import dev.troupe.apiserver.read.ResourceReader;
import dev.troupe.apiserver.request.UrlQuery;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sends the log of a container.
public final class PodLogHandler implements VerbHandler {

  private static final String TEXT = "text/plain";

  private final ResourceReader resources;
  private final PodLogs logs;

  public PodLogHandler(ResourceReader resources, PodLogs logs) {
    this.resources = resources;
    this.logs = logs;
  }

  @Override
  public CompletionStage<Answer> handle(Ask ask) {
    var key = ask.key();
    var query = ask.request().query();
    var lines = lines(query);
    Instant since = since(query, ask.call().received());
    Long limit = positive(query, "limitBytes", 1);
    return ask.call()
        .thenStage(
            resources.newest(key),
            found -> {
              var pod = found.orElseThrow(() -> new RefusedException(Refusal.notFound(key)));
              String container =
                  container(JsonDecoder.stored(pod.json()), key.name(), query.text("container"));
              var wanted =
                  new PodLogs.Query(
                      key.namespace(),
                      key.name(),
                      container,
                      query.flag("follow"),
                      query.flag("previous"),
                      lines,
                      since);
              return new LogStream(
                      ask.call().thread(),
                      logs.read(wanted),
                      query.flag("timestamps"),
                      limit == null ? Long.MAX_VALUE : limit)
                  .begin()
                  .thenApply(source -> new Answer.Streaming(TEXT, source));
            });
  }

  /// The container asked for, or the only one.
  private static String container(ObjectNode pod, String name, String asked) {
    List<String> containers = names(pod, "containers");
    List<String> initial = names(pod, "initContainers");
    if (!asked.isEmpty()) {
      if (containers.contains(asked) || initial.contains(asked)) {
        return asked;
      }
      throw RefusedException.badRequest("container " + asked + " is not valid for pod " + name);
    }
    if (containers.size() == 1 && initial.isEmpty()) {
      return containers.getFirst();
    }
    if (containers.isEmpty()) {
      throw RefusedException.badRequest("a container name must be specified for pod " + name);
    }
    throw RefusedException.badRequest(
        "a container name must be specified for pod "
            + name
            + ", choose one of: ["
            + String.join(" ", containers)
            + "]"
            + (initial.isEmpty()
                ? ""
                : " or one of the init containers: [" + String.join(" ", initial) + "]"));
  }

  private static List<String> names(ObjectNode pod, String field) {
    var names = new ArrayList<String>();
    for (JsonNode container : pod.path("spec").path(field)) {
      names.add(container.path("name").asString(""));
    }
    return names;
  }

  private static @Nullable Integer lines(UrlQuery query) {
    Long lines = positive(query, "tailLines", 0);
    return lines == null ? null : (int) Math.min(lines, Integer.MAX_VALUE);
  }

  private static @Nullable Instant since(UrlQuery query, Instant now) {
    Long seconds = positive(query, "sinceSeconds", 1);
    String time = query.text("sinceTime");
    if (seconds != null && !time.isEmpty()) {
      throw invalid(
          CauseType.FIELD_VALUE_FORBIDDEN,
          "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified",
          "");
    }
    if (seconds != null) {
      return now.minusSeconds(Math.min(seconds, Integer.MAX_VALUE));
    }
    try {
      return time.isEmpty() ? null : OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException _) {
      throw RefusedException.badRequest(
          "sinceTime: parsing time \"" + time + "\": not a time as RFC 3339 has it");
    }
  }

  private static @Nullable Long positive(UrlQuery query, String name, long least) {
    Long number = query.number(name);
    if (number != null && number < least) {
      throw invalid(
          CauseType.FIELD_VALUE_INVALID,
          "Invalid value: "
              + number
              + (least == 0 ? ": must be greater than or equal to 0" : ": must be greater than 0"),
          name);
    }
    return number;
  }

  private static RefusedException invalid(CauseType type, String message, String field) {
    return new RefusedException(
        Refusal.invalid("", "PodLogOptions", "", List.of(new FieldCause(type, message, field))));
  }
}
