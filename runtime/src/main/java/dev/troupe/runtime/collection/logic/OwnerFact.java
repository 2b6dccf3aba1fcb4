package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.EventStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who serves a partition: noted in the store before it does, so that whoever opens the partition
/// next knows against whom to guard. A member that is alone notes nothing, and leaves no older
/// note.
public final class OwnerFact {

  private static final String FACT = "owner";

  /// No member is called like this.
  private static final byte[] NOBODY = {'-'};

  private OwnerFact() {}

  /// What is to be noted before an epoch is served; nothing if that is known.
  ///
  /// @param owner who serves it; null for a member that is alone
  public static Map<String, byte[]> before(EventStore.Opened opened, @Nullable MemberId owner) {
    if (owner != null) {
      return of(owner);
    }
    // Whoever was among others before, and has left the partition unclean, is not who served it
    // last.
    return opened.facts().containsKey(FACT) ? Map.of(FACT, new byte[0]) : Map.of();
  }

  static Map<String, byte[]> of(MemberId owner) {
    return Map.of(FACT, owner.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// What is to be noted when an epoch is closed that has been served: until somebody else is noted
  /// there is nobody to guard against, whoever opens the partition meanwhile and is lost before it
  /// serves.
  ///
  /// @param owner who served it; null for a member that is alone
  public static Map<String, byte[]> after(@Nullable MemberId owner) {
    return owner == null ? Map.of() : Map.of(FACT, NOBODY);
  }

  /// Whether somebody else than `owner` may still serve: then he is guarded against. Against itself
  /// a member need not guard: it has noted itself only when nobody else could read.
  ///
  /// @param owner who is about to serve; null for a member that is alone
  public static boolean mayBeServed(EventStore.Opened opened, @Nullable MemberId owner) {
    var last = last(opened);
    return !opened.clean() && !isReleased(opened) && (last == null || !last.equals(owner));
  }

  /// Whether nobody has served since an owner noted that it does so no more.
  private static boolean isReleased(EventStore.Opened opened) {
    return Arrays.equals(opened.facts().get(FACT), NOBODY);
  }

  public static boolean is(String name) {
    return name.equals(FACT);
  }

  /// Who served last; null if nobody has noted that, or he does so no more.
  public static @Nullable MemberId last(EventStore.Opened opened) {
    var bytes = opened.facts().get(FACT);
    return bytes == null || isReleased(opened)
        ? null
        : MemberId.parse(new String(bytes, StandardCharsets.UTF_8));
  }
}
