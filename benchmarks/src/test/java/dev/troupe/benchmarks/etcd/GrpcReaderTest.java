package dev.troupe.benchmarks.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcReaderTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 7, 100})
  void messagesAreFoundHoweverTheStreamIsCut(int cut) {
    byte[] stream = {0, 0, 0, 0, 2, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 9};
    var messages = new ArrayList<List<Byte>>();
    var reader = new GrpcReader(message -> messages.add(boxed(message)));

    for (int from = 0; from < stream.length; from += cut) {
      reader.read(
          Buffer.buffer(
              java.util.Arrays.copyOfRange(stream, from, Math.min(stream.length, from + cut))));
    }

    assertThat(messages).containsExactly(List.of((byte) 7, (byte) 8), List.of(), List.of((byte) 9));
  }

  private static List<Byte> boxed(byte[] bytes) {
    var list = new ArrayList<Byte>();
    for (byte each : bytes) {
      list.add(each);
    }
    return list;
  }
}
