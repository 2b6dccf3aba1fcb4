package dev.troupe.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.Thread.State;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written is read again, and nothing else is.
class WireReaderTest {

  private static byte[] written(Consumer<WireWriter> writer) {
    var out = new WireWriter();
    writer.accept(out);
    return out.bytes();
  }

  private static <T> @Nullable T read(byte[] bytes, Function<WireReader, @Nullable T> reader) {
    var in = new WireReader(bytes);
    var value = reader.apply(in);
    in.end();
    return value;
  }

  private static byte[] bytes(int... octets) {
    var bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 127, 128, 16_383, 16_384, Long.MAX_VALUE, -1, Long.MIN_VALUE, 1L << 56})
  void numberIsReadAsItWasWritten(long number) {
    assertThat(read(written(out -> out.number(number)), WireReader::number)).isEqualTo(number);
  }

  @Test
  void everySizeOfNumberIsReadAsItWasWritten() {
    var random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >>> random.nextInt(64);
      assertThat(read(written(out -> out.number(number)), WireReader::number)).isEqualTo(number);
    }
  }

  @Test
  void smallNumberTakesOneByteAndTheLargestTen() {
    assertThat(written(out -> out.number(127))).containsExactly(127);
    assertThat(written(out -> out.number(128))).containsExactly(0x80, 1);
    assertThat(written(out -> out.number(-1))).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "web", "größe", "𝕋roupe", "\0", "\uFFFD"})
  void textIsReadAsItWasWritten(String text) {
    assertThat(read(written(out -> out.text(text)), WireReader::text)).isEqualTo(text);
  }

  @Test
  void longTextIsReadAsItWasWritten() {
    var text = "ü".repeat(100_000);

    assertThat(read(written(out -> out.text(text)), WireReader::text)).isEqualTo(text);
  }

  @Test
  void valuesAreReadInTheOrderInWhichTheyWereWritten() {
    var bytes =
        written(out -> {
          out.octet(255);
          out.flag(true);
          out.flag(false);
          out.name(State.BLOCKED);
          out.bytes(new byte[] {1, 2, 3});
          out.list(List.of("a", "b"), WireWriter::text);
          out.list(List.of(), WireWriter::text);
          out.texts(Map.of("k", "v", "l", ""));
          out.optional("there", WireWriter::text);
          out.optional(null, WireWriter::text);
        });

    var in = new WireReader(bytes);
    assertThat(in.octet()).isEqualTo(255);
    assertThat(in.flag()).isTrue();
    assertThat(in.flag()).isFalse();
    assertThat(in.name(State.class)).isEqualTo(State.BLOCKED);
    assertThat(in.bytes()).containsExactly(1, 2, 3);
    assertThat(in.list(1, WireReader::text)).containsExactly("a", "b");
    assertThat(in.list(1, WireReader::text)).isEmpty();
    assertThat(in.texts()).isEqualTo(Map.of("k", "v", "l", ""));
    assertThat(in.optional(WireReader::text)).isEqualTo("there");
    assertThat(in.optional(WireReader::text)).isNull();
    in.end();
  }

  @Test
  void whatIsMissingIsRefused() {
    refused(bytes(), WireReader::octet, "it ends after 0 bytes");
    refused(bytes(0x80), WireReader::number, "it ends after 1 bytes");
    refused(bytes(2, 'a'), WireReader::text, "a length of 2 where at most 1 follow");
    refused(bytes(3), WireReader::bytes, "a length of 3 where at most 0 follow");
    refused(bytes(2, 0), in -> in.list(1, WireReader::text), "a length of 2");
    refused(bytes(2, 0, 0, 0), WireReader::texts, "a length of 2 where at most 1 follow");
    refused(bytes(1), in -> in.optional(WireReader::text), "it ends after 1 bytes");
  }

  @Test
  void whatNobodyWritesIsRefused() {
    refused(bytes(2), WireReader::flag, "neither yes nor no: 2");
    refused(written(out -> out.text("OFF")), in -> in.name(State.class), "no State is called");
    refused(written(out -> out.number(-1)), WireReader::integer, "a number of -1");
    refused(written(out -> out.number(1L << 31)), WireReader::integer, "a number of 2147483648");
    refused(bytes(255, 255, 255, 255, 255, 255, 255, 255, 255, 2), WireReader::number, "64 bits");
    refused(bytes(255, 255, 255, 255, 255, 255, 255, 255, 255, 129), WireReader::number, "64");
    refused(bytes(0, 0), WireReader::octet, "1 bytes follow where it should end");
  }

  private static void refused(byte[] bytes, Consumer<WireReader> reader, String words) {
    assertThatThrownBy(
            () -> {
              var in = new WireReader(bytes);
              reader.accept(in);
              in.end();
            })
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(words);
  }

  /// The lengths that could be meant are tried, up to the largest there is.
  @ParameterizedTest
  @ValueSource(longs = {17, 1 << 20, Integer.MAX_VALUE, 1L << 31, 1L << 32, Long.MAX_VALUE, -1})
  void lengthThatCannotBeCostsNothing(long length) {
    var bytes =
        written(out -> {
          out.number(length);
          out.text("fifteen bytes..");
        });

    costsNothing(() -> new WireReader(bytes).bytes());
    costsNothing(() -> new WireReader(bytes).text());
    costsNothing(() -> new WireReader(bytes).texts());
    costsNothing(() -> new WireReader(bytes).list(1, WireReader::text));
  }

  private static void costsNothing(Runnable read) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(read::run).isInstanceOf(MalformedException.class);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
  }
}
