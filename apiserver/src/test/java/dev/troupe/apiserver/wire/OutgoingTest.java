package dev.troupe.apiserver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutgoingTest {

  @Test
  void smallFramesAreHandedOverWhole() {
    var outgoing = new Outgoing();
    outgoing.add(new byte[10]);

    var piece = outgoing.next();

    assertThat(piece.isFirst() && piece.isLast()).isTrue();
    assertThat(outgoing.hasNext()).isFalse();
    assertThat(outgoing.isFull()).isFalse();
  }

  @Test
  void ofABigFrameNoMoreIsHandedOverThanTheClientTakes() {
    var outgoing = new Outgoing();
    outgoing.add(new byte[1_000_000]);

    handOverAll(outgoing);

    assertThat(outgoing.handed()).isEqualTo(Outgoing.LEAST);
    assertThat(outgoing.isFull()).isTrue();
    outgoing.taken(Outgoing.LEAST);
    assertThat(outgoing.hasNext()).isTrue();
  }

  @Test
  void moreIsHandedOverToWhoHasTakenMuch() {
    var outgoing = new Outgoing();
    outgoing.add(new byte[10_000_000]);
    takeUpTo(256 * 1024, outgoing);

    handOverAll(outgoing);
    assertThat(outgoing.handed()).isBetween(256 * 1024L / 8, 256 * 1024L / 8 + Outgoing.PIECE);

    outgoing.taken(outgoing.handed());
    takeUpTo(5_000_000, outgoing);
    handOverAll(outgoing);
    assertThat(outgoing.handed()).isEqualTo(Outgoing.MOST);
  }

  private static void takeUpTo(long bytes, Outgoing outgoing) {
    while (outgoing.taken() < bytes) {
      outgoing.taken(outgoing.next().length());
    }
  }

  private static void handOverAll(Outgoing outgoing) {
    while (outgoing.hasNext()) {
      outgoing.next();
    }
  }

  /// Random frames to a client that takes random amounts.
  @Test
  void everythingArrivesInOrderAndLittleIsHandedOver() {
    for (long seed = 0; seed < 100; seed++) {
      var random = new Random(seed);
      var outgoing = new Outgoing();
      var sent = new ByteArrayOutputStream();
      var arrived = new ByteArrayOutputStream();
      for (int step = 0; step < 300; step++) {
        if (!outgoing.isFull()) {
          byte[] frame = new byte[random.nextInt(random.nextInt(4) == 0 ? 200_000 : 500)];
          random.nextBytes(frame);
          outgoing.add(frame);
          sent.writeBytes(frame);
        }
        while (outgoing.hasNext() && random.nextInt(5) > 0) {
          var piece = outgoing.next();
          arrived.write(piece.frame(), piece.from(), piece.length());
        }
        assertThat(outgoing.handed()).isLessThan(Outgoing.MOST + Outgoing.PIECE);
        outgoing.taken(random.nextInt(10) == 0 ? outgoing.handed() : 0);
      }
      outgoing.taken(outgoing.handed());
      while (!outgoing.isEmpty()) {
        var piece = outgoing.next();
        arrived.write(piece.frame(), piece.from(), piece.length());
        outgoing.taken(piece.length());
      }
      assertThat(arrived.toByteArray()).as("seed " + seed).isEqualTo(sent.toByteArray());
    }
  }
}
