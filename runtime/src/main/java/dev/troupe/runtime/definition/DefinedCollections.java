package dev.troupe.runtime.definition;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceType;
import java.util.concurrent.CompletionStage;

/// What a member does about the collections of defined types. Each is called when the one before is
/// over.
public interface DefinedCollections {

  /// Begins to hold the collection, unless it does already. Completes when others may be told of
  /// the type.
  CompletionStage<Void> open(TypeRef type);

  /// The type is another from now on.
  void changed(ResourceType before, ResourceType after);

  /// There is no such collection any more: whoever follows it comes to an end.
  void drop(TypeRef type);
}
