package dev.troupe.clusterconfig.command.object;

import dev.troupe.clusterconfig.command.client.AdminClient;
import dev.troupe.clusterconfig.command.client.ServingInstance;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.command.option.DataOption;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The object that a command is about, which is asked for where it is.
public final class NamedObject {

  private static final JsonMapper JSON = JsonMapper.shared();

  @Mixin private final DataOption data = new DataOption();

  @Parameters(
      arity = "1..2",
      paramLabel = "TYPE/NAME",
      description = "Such as deployment/web, or deployment web")
  private List<String> words = List.of();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The namespace it is in (default: ${DEFAULT-VALUE})")
  private String namespace = "default";

  /// What its API answers.
  ///
  /// @param query what to ask of the object
  /// @throws CommandFailedException if it refuses, or nobody answers
  public JsonNode ask(String query) {
    try (var client = ServingInstance.client(new DataDirectory(data.directory()))) {
      var path = ServedResource.find(client, type()).object(namespace, name());
      return JSON.readTree(body(client, path + "?" + query, "application/json"));
    }
  }

  /// Puts another state in its place.
  ///
  /// @return the state that there is then
  /// @throws CommandFailedException if the API refuses, or nobody answers
  public JsonNode replace(String query, JsonNode state) {
    try (var client = ServingInstance.client(new DataDirectory(data.directory()))) {
      var path = ServedResource.find(client, type()).object(namespace, name()) + "?" + query;
      var answer =
          client
              .send("PUT", path, "application/json", state.toString())
              .orElseThrow(() -> new CommandFailedException("the API does not answer"));
      if (answer.code() != 200) {
        throw new CommandFailedException(reason(answer));
      }
      return JSON.readTree(answer.body());
    }
  }

  /// The body of an answer.
  ///
  /// @throws CommandFailedException if it refuses, or nobody answers
  public static String body(AdminClient client, String path, String accept) {
    var answer =
        client
            .get(path, accept)
            .orElseThrow(() -> new CommandFailedException("the API does not answer"));
    if (answer.code() != 200) {
      throw new CommandFailedException(reason(answer));
    }
    return answer.body();
  }

  private static String reason(AdminClient.Answer answer) {
    var message = JSON.readTree(answer.body()).path("message").asString("");
    return message.isEmpty() ? "the API answered " + answer.code() : message;
  }

  private String type() {
    return words.getFirst().contains("/") ? before(words.getFirst()) : words.getFirst();
  }

  private String name() {
    boolean together = words.getFirst().contains("/");
    if (together == (words.size() == 2)) {
      throw new CommandFailedException("name an object as TYPE/NAME, such as deployment/web");
    }
    var first = words.getFirst();
    return together ? first.substring(first.indexOf('/') + 1) : words.get(1);
  }

  private static String before(String word) {
    return word.substring(0, word.indexOf('/'));
  }
}
