package dev.troupe.clusterconfig.command.forecast;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.testkit.world.forecast.Wish;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What somebody thinks of doing, as he writes it.
///
/// @param namespace of what names none
record Wishes(ClusterCopy copy, String namespace) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST_BYTES = 4 << 20;

  /// The documents of a manifest.
  ///
  /// @param name of the file, for people
  /// @throws CommandFailedException if it is no manifest of types that there are
  List<Wish> apply(String manifest, String name) {
    var wishes = new ArrayList<Wish>();
    try {
      var settings = LoadSettings.builder().setCodePointLimit(MOST_BYTES).build();
      for (var document : new Load(settings).loadAllFromString(manifest)) {
        if (document != null) {
          wishes.add(apply(JSON.valueToTree(document), name));
        }
      }
    } catch (YamlEngineException malformed) {
      throw new CommandFailedException(name + " is no YAML: " + malformed.getMessage());
    }
    if (wishes.isEmpty()) {
      throw new CommandFailedException(name + " has no objects");
    }
    return wishes;
  }

  private Wish apply(JsonNode document, String name) {
    if (!(document instanceof ObjectNode object)) {
      throw new CommandFailedException(name + " has a document that is no object");
    }
    var version = object.path("apiVersion").asString("");
    var kind = object.path("kind").asString("");
    var type =
        copy.registry()
            .kind(version, kind)
            .orElseThrow(() ->
                new CommandFailedException(
                    "%s: there is no kind \"%s\" in version \"%s\""
                        .formatted(name, kind, version)));
    var named = object.path("metadata").path("name").asString("");
    if (named.isEmpty()) {
      throw new CommandFailedException("%s: a %s has no metadata.name".formatted(name, kind));
    }
    var in = object.path("metadata").path("namespace").asString("");
    var key = key(type, in.isEmpty() ? namespace : in, named);
    if (type.namespaced()) {
      object.withObject("/metadata").put("namespace", key.namespace());
    }
    return new Wish.Apply(key, object);
  }

  /// @param word such as `deployment/web`
  Wish delete(String word) {
    int slash = word.indexOf('/');
    if (slash < 1 || slash + 1 == word.length()) {
      throw new CommandFailedException("name an object as TYPE/NAME, such as deployment/web");
    }
    var key = key(copy.called(word.substring(0, slash)), namespace, word.substring(slash + 1));
    if (!copy.objects().containsKey(key)) {
      throw new CommandFailedException("there is no " + word);
    }
    return new Wish.Delete(key);
  }

  private static ResourceKey key(ResourceType type, String namespace, String name) {
    return new ResourceKey(type.ref(), type.namespaced() ? namespace : "", name);
  }
}
