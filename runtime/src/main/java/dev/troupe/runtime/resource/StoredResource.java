package dev.troupe.runtime.resource;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.index.IndexEntry;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.resources.codec.owners.StoredJson;
import dev.troupe.runtime.store.EventRecord;
import java.util.List;
import java.util.Map;

/// A resource as the index holds it: its encoded JSON and what must be known without decoding it.
///
/// @param key the texts of its type and namespace are those of all others there
/// @param content the JSON of the complete object in the stored version
/// @param fields the selectable fields of the type, beside name and namespace
/// @param ownerUids the uids of all owner references
public record StoredResource(
    ResourceKey key,
    String uid,
    long version,
    StoredJson content,
    Map<String, String> labels,
    Map<String, String> fields,
    List<String> ownerUids) {

  /// @param json the complete object; never modified afterwards
  public StoredResource(
      ResourceKey key,
      String uid,
      long version,
      byte[] json,
      Map<String, String> labels,
      Map<String, String> fields,
      List<String> ownerUids) {
    this(key, uid, version, StoredJson.of(json), labels, fields, ownerUids);
  }

  /// The JSON of the object. Put together each time if it has owners: to be asked for when it is
  /// needed.
  public byte[] json() {
    return content.bytes();
  }

  /// How long the JSON is.
  public int size() {
    return content.length();
  }

  /// @param json the object, and `entry` what is known of it
  public static StoredResource of(ResourceKey key, long version, byte[] json, IndexEntry entry) {
    return new StoredResource(
        shared(key), entry.uid(), version, json, entry.labels(), entry.fields(), entry.ownerUids());
  }

  /// Of many objects each would else have its own copy of the same namespace.
  private static ResourceKey shared(ResourceKey key) {
    return new ResourceKey(key.type(), key.namespace().intern(), key.name());
  }

  /// The resource after an event; before it, if that is a deletion.
  public static StoredResource of(EventRecord event, IndexEntryReader reader) {
    return of(event.key(), event.version(), event.body(), reader.read(event.body()));
  }

  /// The same as one of those that are here.
  ///
  /// @param own its type, as all others have it
  public StoredResource of(TypeRef own) {
    var same = new ResourceKey(own, key.namespace(), key.name());
    return new StoredResource(shared(same), uid, version, content, labels, fields, ownerUids);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredResource that
        && version == that.version
        && key.equals(that.key)
        && uid.equals(that.uid);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(version) * 31 + key.hashCode();
  }

  @Override
  public String toString() {
    return key + "@" + version;
  }
}
