package dev.troupe.clusterconfig.command.journal;

import dev.troupe.clusterconfig.command.client.AdminClient;
import dev.troupe.clusterconfig.command.client.ServingInstance;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.object.NamedObject;
import dev.troupe.clusterconfig.command.object.ServedResource;
import dev.troupe.clusterconfig.command.option.DataOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Which objects are meant whose controllers are asked what they have before them.
final class AgendaQuery {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Mixin private final DataOption data = new DataOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "TYPE[/NAME]",
      description = "Only of these objects, such as deployments, or deployment/web")
  private String object = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "Only of objects in this namespace (default: all)")
  private String namespace = "";

  @Option(names = "--controller", paramLabel = "NAME", description = "Only of this controller")
  private String controller = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many are shown, the earliest of them (default: ${DEFAULT-VALUE})")
  private int limit = 100;

  /// What the API answers.
  ///
  /// @throws CommandFailedException if it refuses, or nobody answers
  JsonNode ask(String path) {
    try (var client = ServingInstance.client(new DataDirectory(data.directory()))) {
      var query = new LinkedHashMap<String, String>();
      if (!object.isEmpty()) {
        choose(client, query);
      }
      query.put("namespace", namespace);
      query.put("controller", controller);
      query.put("limit", Integer.toString(limit));
      return JSON.readTree(
          NamedObject.body(client, path + "?" + encoded(query), "application/json"));
    }
  }

  private void choose(AdminClient client, Map<String, String> query) {
    int slash = object.indexOf('/');
    var type = slash < 0 ? object : object.substring(0, slash);
    query.put("resource", ServedResource.find(client, type).resource());
    if (slash >= 0) {
      if (slash + 1 == object.length()) {
        throw new CommandFailedException("name an object as TYPE/NAME, such as deployment/web");
      }
      query.put("name", object.substring(slash + 1));
    }
  }

  private static String encoded(Map<String, String> query) {
    return query.entrySet().stream()
        .filter(each -> !each.getValue().isEmpty())
        .map(each -> each.getKey() + "=" + ServedResource.encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  /// What is not shown, in a sentence; empty if all is.
  static String rest(JsonNode told, int shown) {
    var rest = new StringBuilder();
    long total = told.path("total").asLong(shown);
    if (total > shown) {
      rest.append("%d more are not shown; --limit shows up to 500.".formatted(total - shown));
    }
    if (told.has("illegible")) {
      rest.append(rest.isEmpty() ? "" : " ")
          .append(
              "Of %d objects another release has written what this one cannot read."
                  .formatted(told.path("illegible").asLong(0)));
    }
    return rest.toString();
  }
}
