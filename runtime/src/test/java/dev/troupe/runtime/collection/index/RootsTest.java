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

  /// A page that follows may be asked for as long after the first, however old the state was then.
  @Test
  void rootIsKeptFiveSecondsAfterItWasReplaced() {
    roots.add(new Root(Index.EMPTY, 1, 0));
    roots.trim(60_000);
    roots.add(new Root(Index.EMPTY, 3, 60_000));

    roots.trim(65_000);
    assertThat(roots.at(1)).isPresent();
    assertThat(roots.at(2)).isPresent();

    roots.trim(65_001);
    assertThat(roots.at(2)).isEmpty();
    assertThat(roots.at(3)).isPresent();
  }

  @Test
  void rootOfAnEpochThatIsOverIsForgotten() {
    roots.add(new Root(Index.EMPTY, 1, 0));
    roots.withdraw();

    assertThat(roots.at(1)).isPresent();
    roots.trim(5_001);
    assertThat(roots.at(1)).isEmpty();
  }

  @Test
  void frozenRootIsTrueForItsOwnVersionAlone() {
    roots.add(new Root(Index.EMPTY, 1, 0));

    roots.freeze();
    assertThat(roots.newest()).isNotNull();
    roots.add(new Root(Index.EMPTY, 4, 1_000));

    assertThat(roots.at(1)).isPresent();
    assertThat(roots.at(2)).isEmpty();
    roots.trim(6_000);
    assertThat(roots.at(1)).isPresent();
    roots.trim(6_001);
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
