package dev.troupe.runtime.controller.mirror;

import dev.troupe.api.controller.Observe;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.controller.view.Decoder;
import dev.troupe.runtime.resource.StoredResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How objects of a type relate to the reconciled objects.
sealed interface Relation<R extends HasMetadata> {

  TypeRef type();

  /// @param all whether there shall be no others than those that are planned
  record Owns<R extends HasMetadata>(TypeRef type, boolean all) implements Relation<R> {}

  /// @param names of the objects that are looked at; null for all
  record Watches<R extends HasMetadata, T extends HasMetadata>(
      TypeRef type,
      Class<T> decodedAs,
      @Nullable Set<String> names,
      Function<T, List<Observe.Ref>> concerns)
      implements Relation<R> {

    boolean names(String name) {
      return names == null || names.contains(name);
    }

    List<Observe.Ref> refs(Decoder decoder, StoredResource resource) {
      return concerns.apply(decoder.shared(resource, decodedAs));
    }
  }

  record Selects<R extends HasMetadata>(TypeRef type, Function<R, Map<String, String>> selector)
      implements Relation<R> {}

  record Refers<R extends HasMetadata>(TypeRef type, Function<R, List<Observe.Ref>> references)
      implements Relation<R> {}

  /// @param owner whose objects are siblings; empty for none
  record SiblingsOwn<R extends HasMetadata>(TypeRef type, Function<R, Optional<String>> owner)
      implements Relation<R> {}
}
