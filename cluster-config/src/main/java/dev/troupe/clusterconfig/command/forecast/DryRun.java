package dev.troupe.clusterconfig.command.forecast;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.clusterconfig.command.client.AdminClient;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.testkit.world.forecast.Wish;
import tools.jackson.databind.json.JsonMapper;

/// Asks the API whether it would do what somebody wishes (`dryRun`): that has everything to say in
/// it, where a copy has the rules of the types alone.
final class DryRun {

  private static final JsonMapper JSON = JsonMapper.shared();

  private DryRun() {}

  /// @throws CommandFailedException if it would not
  static void of(Wish wish, ClusterCopy copy, AdminClient client) {
    var answer =
        switch (wish) {
          case Wish.Apply(var key, var object) ->
              client.send(
                  "PATCH",
                  path(key, object.path("apiVersion").asString(""))
                      + "?dryRun=All&force=true&fieldManager=troupe-what-if",
                  "application/apply-patch+yaml",
                  object.toString());
          case Wish.Delete(var key) ->
              client.send(
                  "DELETE",
                  path(key, version(key, copy)) + "?dryRun=All",
                  "application/json",
                  "{}");
        };
    var told = answer.orElseThrow(() -> new CommandFailedException("the API does not answer"));
    if (told.code() >= 300) {
      throw new CommandFailedException(
          "it would be refused: " + JSON.readTree(told.body()).path("message").asString(""));
    }
  }

  private static String version(ResourceKey key, ClusterCopy copy) {
    return copy.registry().find(key.type()).orElseThrow().storage().apiVersion();
  }

  private static String path(ResourceKey key, String apiVersion) {
    return (apiVersion.contains("/") ? "/apis/" : "/api/")
        + apiVersion
        + (key.namespace().isEmpty() ? "" : "/namespaces/" + key.namespace())
        + "/"
        + key.type().plural()
        + "/"
        + key.name();
  }
}
