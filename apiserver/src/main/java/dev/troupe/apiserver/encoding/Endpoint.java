package dev.troupe.apiserver.encoding;

import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.registry.ResourceType.Served;
import dev.troupe.resources.table.TableBuilder;
import tools.jackson.databind.node.ObjectNode;

/// A resource type as it is served under one group-version.
public record Endpoint(ResourceType type, Served served) {

  /// Whether objects come as this endpoint shows them.
  boolean asStored() {
    return isConverted() || isOfStored();
  }

  private boolean isOfStored() {
    return served.equals(type.storage()) && type.kind().isShownAsStored();
  }

  /// Whether somebody else is asked to convert objects on their way to this endpoint.
  public boolean isConverted() {
    return type.kind().conversionHook().isPresent() && !isOfStored();
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
