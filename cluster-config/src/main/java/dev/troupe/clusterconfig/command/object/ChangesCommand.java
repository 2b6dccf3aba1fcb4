package dev.troupe.clusterconfig.command.object;

import dev.troupe.clusterconfig.command.client.ServingInstance;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.option.DataOption;
import dev.troupe.clusterconfig.command.option.OutputOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Shows changes as they come, or came.
@Command(
    name = "watch",
    description = {
      "Show changes of objects as they come, until Ctrl-C: from now on, from a moment of the past",
      "on, or beginning with what there was then."
    },
    mixinStandardHelpOptions = true)
public final class ChangesCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "TYPE", description = "Such as pods, or deploy")
  private String type = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The namespace to look in (default: ${DEFAULT-VALUE})")
  private String namespace = "default";

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Look in all namespaces")
  private boolean everywhere;

  @Option(
      names = "--since",
      paramLabel = "T",
      converter = PastTime.class,
      description =
          "Changes since then: a time such as 2026-03-01T12:30:00Z, or how long ago (10m)")
  private @Nullable Instant since;

  @Option(
      names = "--as-of",
      paramLabel = "T",
      converter = PastTime.class,
      description = "What there was then, and all changes since")
  private @Nullable Instant asOf;

  private final PrintWriter out;

  public ChangesCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    try (var client = ServingInstance.client(new DataDirectory(data.directory()))) {
      var resource = ServedResource.find(client, type);
      try (var events =
          new BufferedReader(
              new InputStreamReader(
                  client.download(
                      resource.collection(everywhere ? "" : namespace) + "?watch=true" + moment()),
                  StandardCharsets.UTF_8))) {
        for (var line = events.readLine(); line != null; line = events.readLine()) {
          out.println(output.isJson() ? line : words(JSON.readTree(line)));
          out.flush();
        }
      }
    }
    out.println("the server has ended the watch");
    out.flush();
    return 0;
  }

  /// Both at once are for the API to refuse.
  private String moment() {
    return moment("since", since) + moment("asOf", asOf);
  }

  private static String moment(String option, @Nullable Instant time) {
    return time == null ? "" : "&" + option + "=" + ServedResource.encoded(time.toString());
  }

  private static String words(JsonNode event) {
    var object = event.path("object");
    var metadata = object.path("metadata");
    if (event.path("type").asString("").equals("ERROR")) {
      return "the server has ended the watch: " + object.path("message").asString("");
    }
    var in = metadata.path("namespace").asString("");
    return "%s %s %s%s, version %s"
        .formatted(
            event.path("type").asString("").toLowerCase(Locale.ROOT),
            object.path("kind").asString(""),
            in.isEmpty() ? "" : in + "/",
            metadata.path("name").asString(""),
            metadata.path("resourceVersion").asString(""));
  }
}
