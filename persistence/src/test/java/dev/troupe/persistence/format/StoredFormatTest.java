package dev.troupe.persistence.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.troupe.persistence.format.LogEntry.Trimmed;
import dev.troupe.runtime.store.StoreException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is refused instead of guessed.
class StoredFormatTest {

  private final StoredFormat format = new StoredFormat();

  @Test
  void classWithoutAnIdIsRefused() {
    var out = new Output(64, -1);

    assertThatThrownBy(() -> format.writeValue(out, Locale.ROOT))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("java.util.Locale");
    assertThatThrownBy(() -> format.writeValue(out, "text"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("java.lang.String");
  }

  @Test
  void idWithoutAClassIsRefusedWithThePlace() {
    for (int id : new int[] {0, 1, 2, 3, 5, 10, 17, 99, 1 << 20}) {
      var out = new Output(64, -1);
      out.writeVarInt(id, true);
      out.writeString("java.lang.StringBuilder");

      assertThatThrownBy(() -> read(out.toBytes()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("segment 1 at offset 32");
    }
  }

  @Test
  void newerFormatIsRefusedAsSuch() {
    var bytes = bytes(new Trimmed(1));
    bytes[1] = 2;

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer Troupe");
  }

  @Test
  void bytesBehindTheValueAreRefused() {
    var bytes = bytes(Samples.BY_USER);

    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length + 1)))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void recordCutOffAnywhereIsRefused() {
    for (var sample : Samples.all().values()) {
      var bytes = bytes(sample);
      for (int length = 0; length < bytes.length; length++) {
        var cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> read(cut)).isInstanceOf(StoreException.class);
      }
    }
  }

  @Test
  void refusalNamesTheResourceWhereItIsKnown() {
    var bytes = bytes(Samples.BY_USER);

    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 1)))
        .hasMessageContaining("deployments.apps/default/web@115964117012515843")
        .hasMessageContaining("segment 1 at offset 32");
  }

  @Test
  void damagedRecordIsReadOrRefusedButNeverTakesTheMemoryThatItClaims() {
    var random = new Random(7);
    for (var sample : Samples.all().values()) {
      var bytes = bytes(sample);
      for (int i = 0; i < 2_000; i++) {
        var damaged = bytes.clone();
        for (int n = random.nextInt(4); n >= 0; n--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        readOrRefuse(damaged);
      }
    }
  }

  private void readOrRefuse(byte[] damaged) {
    try {
      read(damaged);
    } catch (StoreException refused) {
      assertThat(refused).hasMessageContaining("segment 1");
    }
  }

  @Test
  void headerIsWhatTheWholeRecordSays() {
    var header = format.readHeader(new Input(bytes(Samples.BY_CONTROLLER)), () -> "");

    assertThat(header).isEqualTo(EventHeader.of(Samples.BY_CONTROLLER));
  }

  @Test
  void bufferThatIsTooSmallGrows() {
    for (int size = 1; size < 400; size++) {
      var out = new Output(size, -1);
      format.writeValue(out, Samples.BY_CONTROLLER);
      assertThat(read(out.toBytes())).isEqualTo(Samples.BY_CONTROLLER);
    }
  }

  private Object read(byte[] bytes) {
    return format.read(new Input(bytes), () -> "segment 1 at offset 32");
  }

  private byte[] bytes(Object value) {
    var out = new Output(64, -1);
    format.writeValue(out, value);
    return out.toBytes();
  }
}
