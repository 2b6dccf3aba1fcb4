package dev.troupe.apiserver.encoding;

import dev.troupe.api.resource.Version;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The metadata of a list.
///
/// @param continueToken empty on the last page
/// @param remaining how many items come on later pages; 0 if that is not said
public record ListMeta(long version, String continueToken, long remaining) {

  ObjectNode node() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("resourceVersion", Version.format(version));
    if (!continueToken.isEmpty()) {
      node.put("continue", continueToken);
    }
    if (remaining > 0) {
      node.put("remainingItemCount", remaining);
    }
    return node;
  }
}
