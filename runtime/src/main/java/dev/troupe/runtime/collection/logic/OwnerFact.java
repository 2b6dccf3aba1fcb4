package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.EventStore;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who serves a partition: noted in the store before it does, so that whoever opens the partition
/// next knows against whom to guard. A member that is alone notes nothing, and leaves no older
/// note.
public final class OwnerFact {

  private static final String FACT = "owner";

  private OwnerFact() {}

  public static Map<String, byte[]> of(MemberId owner) {
    return Map.of(FACT, owner.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// Lets nobody be noted.
  static Map<String, byte[]> none() {
    return Map.of(FACT, new byte[0]);
  }

  public static boolean is(String name) {
    return name.equals(FACT);
  }

  /// Who served last; null if nobody has noted that.
  public static @Nullable MemberId last(EventStore.Opened opened) {
    var bytes = opened.facts().get(FACT);
    return bytes == null ? null : MemberId.parse(new String(bytes, StandardCharsets.UTF_8));
  }
}
