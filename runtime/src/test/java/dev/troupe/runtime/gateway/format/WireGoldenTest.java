package dev.troupe.runtime.gateway.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.gateway.message.ListRefusal;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.wire.WireVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Members of two releases work side by side: what was released is read as it was written, and
/// written as it is read. A file of a released version is never changed. A new sample gets its file
/// by running with `-Dtroupe.golden.write=true`, which leaves existing files alone.
class WireGoldenTest {

  private static final Path FILES = Path.of("src/test/resources/golden/wire");

  /// The enums whose constants travel by name.
  private static final List<Class<? extends Enum<?>>> ENUMS =
      List.of(
          CauseType.class,
          FieldValidation.class,
          PatchType.class,
          Mutation.Effect.class,
          StatusReason.class,
          WriteCause.Kind.class,
          WriteReply.Outcome.class,
          ListRefusal.class);

  private static final String CONSTANTS = "constants.1";

  static Set<String> names() {
    return MessageSamples.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void goldenFileIsReadAsItWasWritten(String name) throws IOException {
    writeIfAsked(name, encoded(name));
    var bytes = Files.readAllBytes(FILES.resolve(name));

    Messages.assertSame(GatewayFormats.read(manifest(name), bytes), sample(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void presentFormatIsThatOfTheGoldenFile(String name) throws IOException {
    writeIfAsked(name, encoded(name));

    assertThat(encoded(name)).isEqualTo(Files.readAllBytes(FILES.resolve(name)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void manifestIsThatOfTheGoldenFile(String name) {
    assertThat(GatewayFormats.manifest(sample(name))).isEqualTo(manifest(name));
  }

  /// An older member cannot read a constant that it does not know.
  @Test
  void newConstantIsANewVersionOfTheFormatsThatWriteIt() throws IOException {
    var constants =
        ENUMS.stream()
            .map(type -> type.getSimpleName() + constants(type) + "\n")
            .collect(Collectors.joining());
    writeIfAsked(CONSTANTS, constants.getBytes(UTF_8));

    assertThat(constants).isEqualTo(Files.readString(FILES.resolve(CONSTANTS)));
  }

  private static String constants(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> " " + constant.name())
        .sorted()
        .collect(Collectors.joining());
  }

  @Test
  void everyMessageHasASample() {
    var sampled =
        MessageSamples.all().values().stream()
            .filter(Letter.class::isInstance)
            .map(letter -> ((Letter) letter).message().getClass())
            .collect(Collectors.toSet());

    assertThat(messages(GatewayMessage.class)).hasSizeGreaterThan(20);
    assertThat(sampled).isEqualTo(messages(GatewayMessage.class).collect(Collectors.toSet()));
  }

  private static Stream<Class<?>> messages(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(WireGoldenTest::messages)
        : Stream.of(type);
  }

  @Test
  void noFileIsWithoutItsSample() throws IOException {
    try (var files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(names().stream(), Stream.of(CONSTANTS)).toList());
    }
  }

  private static String manifest(String name) {
    return name.substring(0, name.indexOf('-'));
  }

  private static Object sample(String name) {
    return requireNonNull(MessageSamples.all().get(name));
  }

  private static byte[] encoded(String name) {
    return GatewayFormats.bytes(sample(name), WireVersions.OURS.highest());
  }

  private static void writeIfAsked(String name, byte[] bytes) throws IOException {
    if (Boolean.getBoolean("troupe.golden.write") && !Files.exists(FILES.resolve(name))) {
      Files.createDirectories(FILES);
      Files.write(FILES.resolve(name), bytes);
    }
  }
}
