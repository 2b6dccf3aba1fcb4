package dev.troupe.runtime.gateway.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.Decoding;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.GatewayMessage.Write;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.trace.TraceContext;
import dev.troupe.runtime.wire.MalformedException;
import dev.troupe.runtime.wire.NewerFormatException;
import dev.troupe.runtime.wire.WireVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is sent is what arrives.
class GatewayFormatsTest {

  private static final int SPOKEN = WireVersions.OURS.highest();
  private static final int RANDOM_MESSAGES = 3_000;

  private static Object sent(Object value) {
    return GatewayFormats.read(GatewayFormats.manifest(value), GatewayFormats.bytes(value, SPOKEN));
  }

  @Test
  void whateverIsSentArrives() {
    LongStream.range(0, RANDOM_MESSAGES)
        .boxed()
        .flatMap(RandomMessages::of)
        .forEach(letter -> Messages.assertSame(sent(letter), letter));
  }

  /// As deep, as long and as odd as bodies may be.
  static Stream<String> bodies() {
    return Stream.of(
        "{}",
        "{\"a\":1,\"b\":2,\"a\":3}",
        "{\"a\":-0,\"b\":-0.0,\"c\":1E400,\"d\":1e-400,\"e\":0.10,\"f\":100000000000000000000}",
        "{\"a\":" + "9".repeat(1000) + "}",
        "{\"a\":\"\\ud800\",\"\\u0000\":\"\\uD83C\\uDFAD\"}",
        "{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}",
        "{\"a\":\"" + "ü".repeat(1_500_000) + "\"}");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bodyArrivesAsItWasDecoded(String body) {
    var decoded = (Decoding.Decoded) new JsonDecoder().decode(body.getBytes(UTF_8));
    var object = (ObjectNode) decoded.value();

    assertThat(((Mutation.Create) arrived(new Mutation.Create(object))).object()).isEqualTo(object);
    assertThat(((Mutation.Update) arrived(new Mutation.Update(object))).object()).isEqualTo(object);
    var apply = new Mutation.Apply(object, true, object);
    assertThat(arrived(apply)).isEqualTo(apply);
    var decided = new Mutation.Decided(object, Mutation.Effect.REMOVED);
    assertThat(arrived(decided)).isEqualTo(decided);
    assertThat(((Mutation.Merge) arrived(new Mutation.Merge(object))).planned()).isEqualTo(object);
  }

  @Test
  void patchNeedNotBeAnObject() {
    for (var patch : new JsonNode[] {Json.array(), Json.string("a"), Json.array().add(1)}) {
      assertThat(arrived(new Mutation.Patch(PatchType.JSON, patch)))
          .isEqualTo(new Mutation.Patch(PatchType.JSON, patch));
    }
  }

  private static Mutation arrived(Mutation mutation) {
    var sample = write();
    var letter =
        new Letter(
            sample.from(),
            sample.correlation(),
            with((Write) sample.message(), mutation, Duration.ofSeconds(1)));
    return ((Write) ((Letter) sent(letter)).message()).mutation().mutation();
  }

  private static Letter write() {
    return (Letter) requireNonNull(MessageSamples.all().get("wr-create.1"));
  }

  private static Write with(Write write, Mutation mutation, Duration left) {
    return new Write(
        write.partition(),
        write.host(),
        write.mutation().with(write.mutation().apiVersion(), mutation),
        write.cause(),
        write.mutationKey(),
        write.seen(),
        left,
        write.trace());
  }

  @Test
  void timeLeftIsCountedByTheClockOfWhoeverReceivesIt() {
    var message = (Write) write().message();
    var here = Instant.parse("2026-01-01T00:00:00Z");
    var there = Instant.parse("2026-01-01T00:07:00Z");
    var request =
        with(message, message.mutation().mutation(), Duration.ofSeconds(30))
            .request(own(message), here);

    var sent = Write.of(message.partition(), request, here.plusSeconds(10));

    assertThat(sent.left()).isEqualTo(Duration.ofSeconds(20));
    assertThat(sent.request(own(message), there).deadline()).isEqualTo(there.plusSeconds(20));
    assertThat(sent.request(own(message), here.plusSeconds(10))).isEqualTo(request);
  }

  private static TypeRef own(Write message) {
    return message.partition().collection();
  }

  /// What is stored has the type that all others of its partition have, not a copy of its own.
  @Test
  void writeIsDecidedByTheWordsOfThePartition() {
    var message = (Write) write().message();
    var own = new TypeRef(own(message).group(), own(message).plural());

    assertThat(message.request(own, Instant.EPOCH).mutation().key().type()).isSameAs(own);
    assertThatThrownBy(() -> message.request(TypeRef.core("pods"), Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not in");
  }

  /// Whoever comes may be of any release: it is not known yet what he understands.
  @Test
  void whatIsSaidAtTheDoorAndToWakeIsSaidInTheFirstVersion() {
    for (var name : List.of("he-hello.1", "li-let-in.1", "tu-turned-away.1", "wk-wake.1")) {
      var value = requireNonNull(MessageSamples.all().get(name));
      assertThat(GatewayFormats.bytes(value, 7)).isEqualTo(GatewayFormats.bytes(value, 0));
    }
    assertThatThrownBy(() -> GatewayFormats.bytes(write(), 0))
        .hasMessageContaining("cannot be said in version 0");
  }

  @Test
  void nobodyWaitsForLessThanNothingOrForEver() {
    var message = (Write) write().message();
    var now = Instant.parse("2026-01-01T00:00:00Z");
    var request = message.request(own(message), now);

    assertThat(Write.of(message.partition(), request, now.plusSeconds(60)).left())
        .isEqualTo(Duration.ZERO);
    assertThat(Write.of(message.partition(), request, Instant.EPOCH).left())
        .isEqualTo(Write.LONGEST);
  }

  /// Nearly no write belongs to a trace.
  @Test
  void traceCostsAByteWhereThereIsNone() {
    var context = new TraceContext(0x0af7651916cd43ddL, 0x8448eb211c80319cL, 0xb7ad6b7169203331L);
    var traced = bytes("wr-traced.1");

    assertThat(traced).endsWith(context.bytes());
    assertThat(trace(traced)).isEqualTo(context);
    assertThat(bytes("wr-create.1")).endsWith(0);
    assertThat(trace(bytes("wr-create.1"))).isNull();
  }

  private static @Nullable TraceContext trace(byte[] bytes) {
    return ((Write) ((Letter) GatewayFormats.read("wr", bytes)).message()).trace();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 16, 23, 25, 32, 127})
  void traceOfAnotherLengthIsRefused(int length) {
    var none = bytes("wr-create.1");
    var odd = Arrays.copyOf(none, none.length + length);
    Arrays.fill(odd, none.length, odd.length, (byte) 1);
    odd[none.length - 1] = (byte) length;

    assertThatThrownBy(() -> GatewayFormats.read("wr", odd))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "'wr' (Write) cannot be: %d bytes for a trace and its span, which are 24", length);
  }

  @Test
  void traceThatIsCalledNothingIsRefused() {
    var traced = bytes("wr-traced.1");
    Arrays.fill(traced, traced.length - Long.BYTES, traced.length, (byte) 0);

    assertThatThrownBy(() -> GatewayFormats.read("wr", traced))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("no trace and no span has the id 0");
  }

  private static byte[] bytes(String name) {
    return GatewayFormats.bytes(requireNonNull(MessageSamples.all().get(name)), SPOKEN);
  }

  @Test
  void newerMessageIsRefusedWithBothVersions() {
    var letter = new Letter(write().from(), 1, new GatewayMessage.OverviewAsked());
    var bytes = GatewayFormats.bytes(letter, SPOKEN);
    bytes[bytes.length - 1] = 3;

    assertThatThrownBy(() -> GatewayFormats.read("oa", bytes))
        .isInstanceOf(NewerFormatException.class)
        .hasMessage(
            "'oa' (OverviewAsked) was written in version 3 by a newer Troupe; this one reads up to"
                + " version 1");
  }

  @Test
  void newerHeadIsRefusedWithBothVersions() {
    var bytes = GatewayFormats.bytes(write(), SPOKEN);
    bytes[0] = 2;

    assertThatThrownBy(() -> GatewayFormats.read("wr", bytes))
        .isInstanceOf(NewerFormatException.class)
        .hasMessageContaining("version 2 by a newer Troupe; this one reads up to version 1");
  }

  @Test
  void whatDoesNotCrossMembersIsNeitherWrittenNorRead() {
    assertThatThrownBy(() -> GatewayFormats.bytes(new PartitionMessage.Leave(), SPOKEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the class has no format");
    assertThatThrownBy(() -> GatewayFormats.manifest("text"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GatewayFormats.read("zz", GatewayFormats.bytes(write(), SPOKEN)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("nothing has the manifest 'zz'");
  }
}
