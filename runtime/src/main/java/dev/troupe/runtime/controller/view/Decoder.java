package dev.troupe.runtime.controller.view;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.StoredResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decodes viewed objects once per version and keeps the most recently used. The decoded objects
/// are shared: nobody may modify them.
public class Decoder {

  /// @param objects how many objects are kept decoded
  /// @param bytes how much JSON they may have had in all
  /// @param unused for how long nobody need have asked for one: it may be gone
  public record Limits(int objects, long bytes, Duration unused) {}

  /// Everything else is skipped, not decoded.
  private record OnlyMetadata(ObjectMeta metadata) {}

  private record Form(Class<?> type, Object object) {}

  /// One version of an object, as all that it has been decoded as.
  private record Decoded(StoredResource resource, List<Form> forms, long lastUsed) {

    Decoded usedAt(long now) {
      return new Decoded(resource, forms, now);
    }

    long bytes() {
      return (long) resource.size() * forms.size();
    }

    <T> @Nullable T as(Class<T> type) {
      for (var form : forms) {
        if (form.type == type) {
          return type.cast(form.object);
        }
      }
      return null;
    }

    @Nullable ObjectMeta metadata() {
      for (var form : forms) {
        switch (form.object) {
          case OnlyMetadata(var metadata) -> {
            return metadata;
          }
          case HasMetadata whole -> {
            return whole.getMetadata();
          }
          default -> {}
        }
      }
      return null;
    }
  }

  private final Limits limits;
  private final InstantSource clock;

  /// The longest unused first.
  private final LinkedHashMap<ResourceKey, Decoded> recent = new LinkedHashMap<>();

  private long bytes;

  public Decoder(Limits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  public <T> T shared(StoredResource resource, Class<T> type) {
    synchronized (recent) {
      var known = known(resource);
      var form = known == null ? null : known.as(type);
      if (form != null) {
        return form;
      }
    }
    var decoded = fresh(resource, type);
    keep(resource, new Form(type, decoded));
    return decoded;
  }

  /// Of the whole object, if that is decoded already.
  public ObjectMeta metadata(StoredResource resource) {
    synchronized (recent) {
      var known = known(resource);
      var metadata = known == null ? null : known.metadata();
      if (metadata != null) {
        return metadata;
      }
    }
    return shared(resource, OnlyMetadata.class).metadata();
  }

  private @Nullable Decoded known(StoredResource resource) {
    var known = recent.get(resource.key());
    if (known == null || !known.resource.equals(resource)) {
      return null;
    }
    recent.putLast(resource.key(), known.usedAt(clock.millis()));
    return known;
  }

  private void keep(StoredResource resource, Form form) {
    synchronized (recent) {
      var known = known(resource);
      var forms = new ArrayList<Form>(known == null ? List.of() : known.forms);
      forms.removeIf(other -> other.type == form.type);
      forms.add(form);
      long now = clock.millis();
      var decoded = new Decoded(resource, List.copyOf(forms), now);
      var before = recent.putLast(resource.key(), decoded);
      bytes += decoded.bytes() - (before == null ? 0 : before.bytes());
      drop(now - limits.unused().toMillis());
    }
  }

  private void drop(long unusedSince) {
    for (var eldest = recent.firstEntry();
        eldest != null
            && (recent.size() > limits.objects()
                || bytes > limits.bytes()
                || eldest.getValue().lastUsed < unusedSince);
        eldest = recent.firstEntry()) {
      recent.pollFirstEntry();
      bytes -= eldest.getValue().bytes();
    }
  }

  /// A copy that belongs to the caller.
  public <T> T fresh(StoredResource resource, Class<T> type) {
    return ControllerJson.read(resource.json(), type);
  }

  /// The shared objects that somebody has modified against the rule.
  public List<ResourceKey> modified() {
    synchronized (recent) {
      return recent.values().stream()
          .filter(decoded -> decoded.forms.stream().anyMatch(form -> isModified(decoded, form)))
          .map(decoded -> decoded.resource.key())
          .toList();
    }
  }

  private boolean isModified(Decoded decoded, Form form) {
    var pristine = fresh(decoded.resource, form.type);
    return !ControllerJson.tree(pristine).equals(ControllerJson.tree(form.object));
  }
}
