package dev.troupe.runtime.collection.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// However fast states are published and listed, few are kept, and the newest always.
class RootsTest {

  private static final int MANY = 20_000;

  private final Roots roots = new Roots();

  @Test
  void newestIsKeptWhenAllHaveBeenListed() {
    for (long version = 1; version <= MANY; version++) {
      var root = new Root(Index.EMPTY, version, 0);
      var _ = root.iterate(null, null);
      roots.add(root);
    }

    assertThat(roots.at(MANY)).isPresent();
    assertThat(roots.at(1)).isEmpty();
  }

  @Test
  void newestIsKeptWhenItIsTheOnlyOneThatNobodyHasListed() {
    for (long version = 1; version <= 2_048; version++) {
      var root = new Root(Index.EMPTY, version, 0);
      var _ = root.iterate(null, null);
      roots.add(root);
    }

    roots.add(new Root(Index.EMPTY, 2_049, 0));

    assertThat(roots.at(2_049)).isPresent();
  }
}
