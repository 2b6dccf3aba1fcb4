package dev.troupe.apiserver.encoding;

import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.table.TableBuilder;
import tools.jackson.databind.node.ObjectNode;

/// A resource type as it is served under one group-version.
public record Endpoint(ResourceType type, Served served) {

  /// Whether stored objects are shown as they are.
  boolean asStored() {
    return served.equals(type.storage()) && type.kind().isShownAsStored();
  }

  /// A stored object as this endpoint shows it.
  ObjectNode shown(ObjectNode stored) {
    return type.kind().shown(stored, served.apiVersion());
  }

  /// The columns of its objects.
  TableBuilder table() {
    return type.kind().table(served.apiVersion());
  }

  /// `Deployment.apps`, or `Pod`: how validation names it.
  public String qualifiedKind() {
    return served.group().isEmpty()
        ? type.names().kind()
        : type.names().kind() + "." + served.group();
  }
}
