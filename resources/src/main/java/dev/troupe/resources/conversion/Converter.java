package dev.troupe.resources.conversion;

import dev.troupe.resources.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Brings objects of a type from one of its group-versions into another.
@FunctionalInterface
public interface Converter {

  /// Of a type whose objects somebody else converts, where he is not asked.
  Converter NOBODY = (object, apiVersion) -> isIn(object, apiVersion) ? object : null;

  /// @param object not modified
  /// @return itself if it is in that version already; null if nobody can say
  @Nullable ObjectNode convert(ObjectNode object, String apiVersion);

  /// Of a type whose objects differ in how their fields are spelled.
  ///
  /// @param stored the version that spellings start from
  static Converter of(Spelling spelling, String stored) {
    return (object, apiVersion) ->
        Conversion.convert(Conversion.convert(object, spelling, stored), spelling, apiVersion);
  }

  /// An object that says nothing is in any version.
  static boolean isIn(ObjectNode object, String apiVersion) {
    var own = Json.text(object, "apiVersion");
    return own.isEmpty() || own.equals(apiVersion);
  }
}
