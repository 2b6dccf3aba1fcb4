package dev.troupe.runtime.controller.view;

import dev.troupe.api.controller.Change;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.StoredResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
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

  @Override
  public boolean terminating() {
    return FieldName.DELETION.isIn(resource.json()) && metadata().getDeletionTimestamp() != null;
  }

  @Override
  public ObjectMeta metadata() {
    return decoder.metadata(resource);
  }

  @Override
  public <T extends HasMetadata> @Nullable T as(Class<T> type) {
    return is(type) ? decoder.shared(resource, type) : null;
  }

  @Override
  public <T extends HasMetadata> @Nullable T once(Class<T> type) {
    return is(type) ? decoder.fresh(resource, type) : null;
  }

  private boolean is(Class<? extends HasMetadata> type) {
    return Types.any(type) || types.of(type).equals(key().type());
  }
}
