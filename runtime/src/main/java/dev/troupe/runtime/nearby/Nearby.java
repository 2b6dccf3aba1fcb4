package dev.troupe.runtime.nearby;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.resource.StoredResource;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Copies of small collections. What they have is what there was a moment ago, milliseconds as a
/// rule and some seconds at most; what they do not have may be there all the same.
public final class Nearby {

  /// Where everything is here.
  public static final Nearby NOTHING = new Nearby(Map.of(), _ -> true, () -> false);

  private final Map<TypeRef, NearbyCollection> collections;
  private final Predicate<TypeRef> here;
  private final BooleanSupplier current;

  private Nearby(
      Map<TypeRef, NearbyCollection> collections,
      Predicate<TypeRef> here,
      BooleanSupplier current) {
    this.collections = collections;
    this.here = here;
    this.current = current;
  }

  /// @param types whose collections are kept at hand, from the first [#look] on
  /// @param here whether a type has all its partitions at this member, which are better asked
  ///   themselves
  /// @param newest asks the owners of all partitions of a type for the newest version that each has
  /// @param current whether this member may say anything at all of what there is
  public static Nearby of(
      Collection<TypeRef> types,
      Resources resources,
      Predicate<TypeRef> here,
      Function<TypeRef, CompletionStage<Long>> newest,
      InstantSource time,
      BooleanSupplier current) {
    return new Nearby(
        types.stream()
            .collect(
                Collectors.toMap(
                    type -> type,
                    type -> new NearbyCollection(type, resources, () -> newest.apply(type), time))),
        here,
        current);
  }

  /// One resource; empty if it is not known here, which does not say that there is none.
  public Optional<StoredResource> find(ResourceKey key) {
    return trusted(key.type()).flatMap(copy -> copy.find(key));
  }

  /// All resources of a type; empty if they are not known here.
  public Optional<Stream<StoredResource>> all(TypeRef type) {
    return trusted(type).map(NearbyCopy::all);
  }

  private Optional<NearbyCopy> trusted(TypeRef type) {
    var collection = collections.get(type);
    return collection == null || here.test(type) || !current.getAsBoolean()
        ? Optional.empty()
        : collection.trusted();
  }

  /// To be called about once a second, by one thread at a time.
  public void look() {
    collections.forEach((type, collection) -> {
      if (!here.test(type)) {
        collection.look();
      }
    });
  }
}
