package dev.troupe.runtime.gateway.format;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.troupe.runtime.wire.MalformedException;
import dev.troupe.runtime.wire.NewerFormatException;
import dev.troupe.runtime.wire.WireVersions;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that no member has written are refused, or are another message: nothing else is thrown,
/// and nothing is allocated that they are not long enough for.
class DamagedBytesTest {

  /// What a parser of JSON needs at once, whatever it reads.
  private static final long MOST_AT_ONCE = 1 << 20;

  /// How much more an object is than its shortest bytes.
  private static final long MOST_PER_BYTE = 300;

  private static final int DAMAGES = 2_000;
  private static final int MOST_APPENDED = 40;

  static Set<String> names() {
    return MessageSamples.all().keySet();
  }

  /// Loading a class is allocating, too.
  @BeforeAll
  static void loadClasses() {
    for (var name : names()) {
      var bytes = bytes(name);
      outcome(name, bytes);
      Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) '"');
      outcome(name, bytes);
    }
  }

  private enum Outcome {
    READ,
    MALFORMED,
    NEWER
  }

  private static byte[] bytes(String name) {
    return GatewayFormats.bytes(
        requireNonNull(MessageSamples.all().get(name)), WireVersions.OURS.highest());
  }

  private static Outcome read(String name, byte[] bytes) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    var outcome = outcome(name, bytes);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    if (allocated > MOST_AT_ONCE + bytes.length * MOST_PER_BYTE) {
      fail("%s cost %d bytes: %s", name, allocated, Arrays.toString(bytes));
    }
    return outcome;
  }

  private static Outcome outcome(String name, byte[] bytes) {
    try {
      GatewayFormats.read(name.substring(0, 2), bytes);
      return Outcome.READ;
    } catch (MalformedException _) {
      return Outcome.MALFORMED;
    } catch (NewerFormatException _) {
      return Outcome.NEWER;
    } catch (RuntimeException | Error other) {
      return fail(name + " of " + Arrays.toString(bytes), other);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatIsCutOffIsRefused(String name) {
    var bytes = bytes(name);

    assertThat(read(name, bytes)).isEqualTo(Outcome.READ);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(read(name, Arrays.copyOf(bytes, length)))
          .as("%d of %d bytes", length, bytes.length)
          .isEqualTo(Outcome.MALFORMED);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatFollowsIsRefused(String name) {
    var bytes = bytes(name);

    for (int more = 1; more < MOST_APPENDED; more++) {
      assertThat(read(name, Arrays.copyOf(bytes, bytes.length + more)))
          .as("%d bytes more", more)
          .isEqualTo(Outcome.MALFORMED);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void flippedBitIsAnotherMessageOrRefused(String name) {
    var bytes = bytes(name);

    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      var flipped = bytes.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      read(name, flipped);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void damagedBytesAreAnotherMessageOrRefused(String name) {
    var bytes = bytes(name);
    var random = new Random(name.hashCode());

    for (int i = 0; i < DAMAGES; i++) {
      read(name, damaged(bytes, random));
    }
  }

  /// Some bytes are others, or are where others were; some seem to be lengths of up to 64 bits.
  private static byte[] damaged(byte[] bytes, Random random) {
    var damaged = Arrays.copyOf(bytes, Math.max(0, bytes.length + random.nextInt(-8, 8)));
    for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
      int at = random.nextInt(damaged.length);
      int length = random.nextInt(Math.min(10, damaged.length - at) + 1);
      switch (random.nextInt(4)) {
        case 0 -> damaged[at] = (byte) random.nextInt();
        case 1 -> Arrays.fill(damaged, at, at + length, (byte) 0xFF);
        case 2 -> Arrays.fill(damaged, at, at + length, (byte) 0);
        default ->
            System.arraycopy(
                damaged, random.nextInt(damaged.length - length + 1), damaged, at, length);
      }
    }
    return damaged;
  }

  @Test
  void noiseIsRefused() {
    var random = new Random(5);
    for (var name : names()) {
      for (int i = 0; i < DAMAGES; i++) {
        var noise = new byte[random.nextInt(100)];
        random.nextBytes(noise);
        read(name, noise);
      }
    }
  }

  /// A head, and then lists, texts and bytes that are said to be of every length there is.
  @ParameterizedTest
  @MethodSource("names")
  void lengthThatIsALieCostsNothing(String name) {
    var bytes = bytes(name);
    for (int at = 0; at < bytes.length; at++) {
      for (int length = 1; length < 10; length++) {
        var lie = Arrays.copyOf(bytes, Math.max(bytes.length, at + length));
        Arrays.fill(lie, at, at + length - 1, (byte) 0xFF);
        lie[at + length - 1] = 0x7F;
        read(name, lie);
      }
    }
  }
}
