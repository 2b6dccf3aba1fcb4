package dev.troupe.runtime.controller.view;

import dev.troupe.api.controller.Change;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.StoredResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A change of a stored resource, decoded as far as it is looked at.
///
/// @param resource after the change; of a deleted object, before it
/// @param created whether the object is new
public record StoredChange(
    StoredResource resource,
    long version,
    boolean deleted,
    boolean created,
    Types types,
    Decoder decoder)
    implements Change {

  private static final byte[] DELETION = "deletionTimestamp".getBytes(StandardCharsets.US_ASCII);
  private static final int[] SHIFTS = shifts(DELETION);

  /// Everything else is skipped, not decoded.
  private record OnlyMetadata(ObjectMeta metadata) {}

  @Override
  public ResourceKey key() {
    return resource.key();
  }

  @Override
  public String uid() {
    return resource.uid();
  }

  @Override
  public List<String> ownerUids() {
    return resource.ownerUids();
  }

  /// Almost no object has the field, and then its name is nowhere in the bytes.
  @Override
  public boolean terminating() {
    return namesDeletion(resource.json()) && metadata().getDeletionTimestamp() != null;
  }

  /// Looks at few of the bytes: where one does not occur in the name, the whole name is skipped.
  private static boolean namesDeletion(byte[] json) {
    int last = DELETION.length - 1;
    for (int end = last; end < json.length; end += SHIFTS[json[end] & 0xff]) {
      if (Arrays.equals(json, end - last, end + 1, DELETION, 0, DELETION.length)) {
        return true;
      }
    }
    return false;
  }

  private static int[] shifts(byte[] wanted) {
    var shifts = new int[256];
    Arrays.fill(shifts, wanted.length);
    for (int i = 0; i < wanted.length - 1; i++) {
      shifts[wanted[i]] = wanted.length - 1 - i;
    }
    return shifts;
  }

  @Override
  public ObjectMeta metadata() {
    return decoder.shared(resource, OnlyMetadata.class).metadata();
  }

  @Override
  public <T extends HasMetadata> @Nullable T as(Class<T> type) {
    return Types.any(type) || types.of(type).equals(key().type())
        ? decoder.shared(resource, type)
        : null;
  }
}
