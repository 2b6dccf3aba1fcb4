package dev.troupe.clusterconfig.command.object;

import dev.troupe.clusterconfig.command.client.ServingInstance;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.option.DataOption;
import dev.troupe.clusterconfig.command.option.OutputOption;
import dev.troupe.clusterconfig.command.status.TextTable;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Shows objects as they are, or were.
@Command(
    name = "get",
    description = "Show objects as they are, or were at a moment of the past.",
    mixinStandardHelpOptions = true)
public final class GetCommand implements Callable<Integer> {

  private static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

  private static final JsonMapper JSON = JsonMapper.shared();

  @Mixin private final DataOption data = new DataOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "TYPE", description = "Such as pods, or deploy")
  private String type = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Only this one")
  private String name = "";

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
      names = "--as-of",
      paramLabel = "T",
      converter = PastTime.class,
      description = "As of then: a time such as 2026-03-01T12:30:00Z, or how long ago, such as 10m")
  private @Nullable Instant asOf;

  private final PrintWriter out;

  public GetCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    try (var client = ServingInstance.client(new DataDirectory(data.directory()))) {
      var resource = ServedResource.find(client, type);
      var path =
          (name.isEmpty()
                  ? resource.collection(everywhere ? "" : namespace)
                  : resource.object(namespace, name))
              + (asOf == null ? "" : "?asOf=" + ServedResource.encoded(asOf.toString()));
      if (output.isJson()) {
        out.println(
            JSON.readTree(NamedObject.body(client, path, "application/json")).toPrettyString());
      } else {
        print(JSON.readTree(NamedObject.body(client, path, TABLE)));
      }
    }
    out.flush();
    return 0;
  }

  private void print(JsonNode answer) {
    if (answer.path("rows").isEmpty()) {
      out.println("there are none");
      return;
    }
    var headings = new ArrayList<String>();
    var columns = new ArrayList<Integer>();
    if (everywhere) {
      headings.add("NAMESPACE");
    }
    int index = 0;
    for (var column : answer.path("columnDefinitions")) {
      if (column.path("priority").asInt(0) == 0) {
        headings.add(column.path("name").asString("").toUpperCase(Locale.ROOT));
        columns.add(index);
      }
      index++;
    }
    var table = new TextTable(headings.toArray(String[]::new));
    for (var row : answer.path("rows")) {
      var cells = new ArrayList<String>();
      if (everywhere) {
        cells.add(row.path("object").path("metadata").path("namespace").asString(""));
      }
      columns.forEach(column -> cells.add(text(row.path("cells").path(column))));
      table.row(cells.toArray(String[]::new));
    }
    table.print(out);
  }

  private static String text(JsonNode cell) {
    return cell.isString() ? cell.stringValue() : cell.toString();
  }
}
