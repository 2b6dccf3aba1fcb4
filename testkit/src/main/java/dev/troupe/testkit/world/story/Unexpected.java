package dev.troupe.testkit.world.story;

import dev.troupe.api.resource.ResourceKey;
import org.jspecify.annotations.Nullable;

/// Something does not hold that must hold in every world.
public final class Unexpected extends AssertionError {

  private static final long serialVersionUID = 1;

  private final transient @Nullable ResourceKey about;

  /// @param about the object that shows it; null if no single one does
  public Unexpected(@Nullable ResourceKey about, String what) {
    super(what);
    this.about = about;
  }

  public @Nullable ResourceKey about() {
    return about;
  }
}
