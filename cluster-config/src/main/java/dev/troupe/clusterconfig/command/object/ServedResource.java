package dev.troupe.clusterconfig.command.object;

import dev.troupe.clusterconfig.command.client.AdminClient;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A type as the API serves it, found by what people call it.
///
/// @param path where its objects are, without a namespace, such as `/apis/apps/v1`
public record ServedResource(String path, String plural, boolean namespaced) {

  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private static final JsonMapper JSON = JsonMapper.shared();

  /// @param name the plural, singular, kind or a short name, in any case; a group may follow behind
  ///   a dot
  /// @throws CommandFailedException if there is none, or the API does not say
  public static ServedResource find(AdminClient client, String name) {
    return Stream.of("/api", "/apis")
        .flatMap(root -> find(client, root, name.toLowerCase(Locale.ROOT)).stream())
        .findFirst()
        .orElseThrow(() ->
            new CommandFailedException(
                "there is no type \"%s\"; kubectl api-resources lists those that there are"
                    .formatted(name)));
  }

  private static Optional<ServedResource> find(AdminClient client, String root, String name) {
    var answer =
        client
            .get(root, AGGREGATED)
            .filter(found -> found.code() == 200)
            .orElseThrow(
                () -> new CommandFailedException("the API does not say which types it has"));
    for (var group : JSON.readTree(answer.body()).path("items")) {
      var groupName = group.path("metadata").path("name").asString("");
      for (var version : group.path("versions")) {
        for (var resource : version.path("resources")) {
          if (isCalled(resource, groupName, name)) {
            var prefix = groupName.isEmpty() ? root : root + "/" + groupName;
            return Optional.of(
                new ServedResource(
                    prefix + "/" + version.path("version").asString(""),
                    resource.path("resource").asString(""),
                    resource.path("scope").asString("").equals("Namespaced")));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isCalled(JsonNode resource, String group, String name) {
    return Stream.concat(
            Stream.of(
                resource.path("resource").asString(""),
                resource.path("singularResource").asString(""),
                resource.path("responseKind").path("kind").asString("")),
            resource.path("shortNames").valueStream().map(each -> each.asString("")))
        .map(each -> each.toLowerCase(Locale.ROOT))
        .anyMatch(
            each -> name.equals(each) || (!group.isEmpty() && name.equals(each + "." + group)));
  }

  /// The plural, with the group behind a dot if there is one.
  public String resource() {
    var words = path.split("/", -1);
    return words[1].equals("api") ? plural : plural + "." + words[2];
  }

  /// Where its objects are.
  ///
  /// @param namespace empty for all; of no account for a type without namespaces
  public String collection(String namespace) {
    return namespaced && !namespace.isEmpty()
        ? path + "/namespaces/" + encoded(namespace) + "/" + plural
        : path + "/" + plural;
  }

  public String object(String namespace, String name) {
    return collection(namespace) + "/" + encoded(name);
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
