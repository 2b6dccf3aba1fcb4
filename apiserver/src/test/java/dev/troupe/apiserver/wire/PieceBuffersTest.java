package dev.troupe.apiserver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PieceBuffersTest {

  private final PieceBuffers buffers = new PieceBuffers(2);

  @Test
  void asManyAsAreAllowedAreOutsideOfTheHeap() {
    assertThat(buffers.take().isDirect()).isTrue();
    assertThat(buffers.take().isDirect()).isTrue();
    assertThat(buffers.take().isDirect()).isFalse();
    assertThat(buffers.made()).isEqualTo(2);
  }

  @Test
  void whatComesBackIsEmptyAndGoesOut() {
    var first = buffers.take();
    first.writeLong(7);
    buffers.giveBack(first);

    assertThat(buffers.take()).isSameAs(first).matches(buffer -> !buffer.isReadable());
    assertThat(buffers.take()).isNotSameAs(first);
  }

  @Test
  void aForgottenOneIsNotGivenToAnybodyAndMakesRoomForAnother() {
    var first = buffers.take();
    buffers.take();
    buffers.forget(first);

    assertThat(buffers.take()).isNotSameAs(first).matches(buffer -> buffer.isDirect());
    assertThat(buffers.take().isDirect()).isFalse();
  }

  @Test
  void onesOfTheHeapAreNotKept() {
    var none = new PieceBuffers(0);
    var first = none.take();
    none.giveBack(first);

    assertThat(none.take()).isNotSameAs(first);
    assertThat(none.made()).isZero();
  }

  @Test
  void allAreAsLargeAsAPiece() {
    for (int i = 0; i < 3; i++) {
      assertThat(buffers.take().writableBytes()).isEqualTo(PieceBuffers.SIZE);
    }
  }
}
