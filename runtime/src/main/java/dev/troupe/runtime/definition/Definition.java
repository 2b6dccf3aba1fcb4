package dev.troupe.runtime.definition;

import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.definition.DefinedType;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.subresource.Verb;
import dev.troupe.runtime.resource.StoredResource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One definition as far as it decides what is served.
///
/// @param generation of what it wants; what was observed of it is not counted
/// @param stage how far it is
/// @param type null if it is not served
record Definition(String uid, long generation, Stage stage, @Nullable ResourceType type) {

  private static final Logger LOG = LoggerFactory.getLogger(Definition.class);

  enum Stage {
    NOT_ESTABLISHED,
    SERVED,
    /// It is being deleted: what is there can be seen and deleted, and nothing comes.
    ENDING
  }

  /// @param former as it was before, of which is kept what has not changed
  static Definition of(StoredResource stored, @Nullable Definition former) {
    var object = JsonDecoder.stored(stored.json());
    long generation = object.path("metadata").path("generation").asLong(0);
    var stage = stage(object);
    return former != null
            && former.uid.equals(stored.uid())
            && former.generation == generation
            && former.stage == stage
        ? former
        : new Definition(stored.uid(), generation, stage, type(object, stage));
  }

  private static Stage stage(ObjectNode object) {
    if (!isEstablished(object.path("status").path("conditions"))) {
      return Stage.NOT_ESTABLISHED;
    }
    return object.path("metadata").path("deletionTimestamp").isMissingNode()
        ? Stage.SERVED
        : Stage.ENDING;
  }

  private static boolean isEstablished(JsonNode conditions) {
    for (var condition : conditions) {
      if (condition.path("type").asString("").equals("Established")) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  private static @Nullable ResourceType type(ObjectNode object, Stage stage) {
    if (stage == Stage.NOT_ESTABLISHED) {
      return null;
    }
    try {
      var type = DefinedType.of(object);
      return stage == Stage.ENDING ? type.without(Verb.CREATE) : type;
    } catch (RuntimeException mistake) {
      LOG.error(
          "{} is not served, as its definition cannot be read",
          object.path("metadata").path("name").asString("a type"),
          mistake);
      return null;
    }
  }
}
