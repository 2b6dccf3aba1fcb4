package dev.troupe.runtime.resource;

import dev.troupe.api.resource.ResourceKey;
import java.util.List;
import java.util.Map;

/// A resource as the index holds it: its encoded JSON and what must be known without decoding it.
///
/// @param json the complete object in the stored version; shared, never modified
/// @param fields the selectable fields of the type, beside name and namespace
/// @param ownerUids the uids of all owner references
public record StoredResource(
    ResourceKey key,
    String uid,
    long version,
    byte[] json,
    Map<String, String> labels,
    Map<String, String> fields,
    List<String> ownerUids) {

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
