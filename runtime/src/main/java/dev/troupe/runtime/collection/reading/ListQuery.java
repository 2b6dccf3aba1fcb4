package dev.troupe.runtime.collection.reading;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.collection.Sought;
import org.jspecify.annotations.Nullable;

/// What is to be listed, and of which moment.
///
/// @param namespace only this namespace; null for all
/// @param name only the resource of this name, of a type without namespaces or in the namespace;
///   null for all
/// @param after the last one seen; null to begin at the start
/// @param wanted those that have not what is wanted may be left out; null for everything
/// @param version exactly this one; [#NEWEST] for the newest there is
public record ListQuery(
    TypeRef collection,
    @Nullable String namespace,
    @Nullable String name,
    @Nullable Position after,
    @Nullable Sought wanted,
    long version) {

  public static final long NEWEST = -1;

  /// Everything there is now.
  ///
  /// @param namespace only this namespace; null for all
  public static ListQuery of(TypeRef collection, @Nullable String namespace) {
    return new ListQuery(collection, namespace, null, null, null, NEWEST);
  }

  /// The same of one name.
  public ListQuery of(String only) {
    return new ListQuery(collection, namespace, only, after, wanted, version);
  }

  /// The same from a place on.
  public ListQuery behind(@Nullable Position last) {
    return new ListQuery(collection, namespace, name, last, wanted, version);
  }

  /// The same without some of what is not wanted.
  public ListQuery wanting(@Nullable Sought sought) {
    return new ListQuery(collection, namespace, name, after, sought, version);
  }

  /// The same at exactly a version.
  public ListQuery at(long exactly) {
    return new ListQuery(collection, namespace, name, after, wanted, exactly);
  }
}
