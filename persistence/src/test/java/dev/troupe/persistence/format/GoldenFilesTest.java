package dev.troupe.persistence.format;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every format that was ever written is read for ever: the files are never changed. A new sample
/// gets its file by running with `-Dtroupe.golden.write=true`, which leaves existing files alone.
class GoldenFilesTest {

  private static final Path FILES = Path.of("src/test/resources/golden");

  /// Maps with several entries are written in no particular order, and formats that have a
  /// successor are not written.
  private static final Set<String> READ_ONLY =
      Set.of("event-by-platform.1", "partition-state.1", "partition-closed.1");

  static Set<String> names() {
    return Samples.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void goldenFileIsReadAsItWasWritten(String name) throws IOException {
    writeIfAsked(name);
    var bytes = Files.readAllBytes(FILES.resolve(name));

    assertThat(new StoredFormat().read(new Input(bytes), () -> name))
        .usingRecursiveComparison()
        .isEqualTo(Samples.all().get(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void presentFormatIsThatOfTheGoldenFile(String name) throws IOException {
    writeIfAsked(name);
    if (!READ_ONLY.contains(name)) {
      assertThat(encoded(name)).isEqualTo(Files.readAllBytes(FILES.resolve(name)));
    }
  }

  private static byte[] encoded(String name) {
    var out = new Output(64, -1);
    new StoredFormat().writeValue(out, requireNonNull(Samples.all().get(name)));
    return out.toBytes();
  }

  private static void writeIfAsked(String name) throws IOException {
    if (Boolean.getBoolean("troupe.golden.write") && !Files.exists(FILES.resolve(name))) {
      Files.createDirectories(FILES);
      Files.write(FILES.resolve(name), encoded(name));
    }
  }
}
