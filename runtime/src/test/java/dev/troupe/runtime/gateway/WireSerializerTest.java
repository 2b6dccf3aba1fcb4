package dev.troupe.runtime.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.member.Member;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.wire.MalformedException;
import dev.troupe.runtime.wire.NewerFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.serialization.DisabledJavaSerializer.JavaSerializationException;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Serialization as a member configures it.
class WireSerializerTest {

  private static final Letter LETTER =
      new Letter(
          new MemberId("10.0.0.2:7355", 42),
          7,
          new GatewayMessage.PartitionHere(new PartitionId(TypeRef.core("pods"), 3), 5, true));

  /// Pekko's number for Java's own serialization.
  private static final int JAVA = 1;

  /// Like many classes of the JDK, and of ours: enums, exceptions.
  private record Serialized(String text) implements Serializable {}

  private static ActorSystem system;
  private static Serialization serialization;

  @BeforeAll
  static void start() {
    var config =
        ConfigFactory.parseResources(Member.class, "pekko.conf")
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    system = ActorSystem.create("serializing", config);
    serialization = SerializationExtension.get(system);
  }

  @AfterAll
  static void stop() {
    system.terminate();
  }

  private static Object read(byte[] bytes, int serializer, String manifest) {
    return serialization.deserialize(bytes, serializer, manifest).get();
  }

  @Test
  void letterGoesByOurSerializer() {
    var serializer = serialization.findSerializerFor(LETTER);

    assertThat(serializer.identifier()).isEqualTo(735501);
    assertThat(Serializers.manifestFor(serializer, LETTER)).isEqualTo("hr");
    assertThat(read(serializer.toBinary(LETTER), 735501, "hr")).isEqualTo(LETTER);
  }

  /// A release has one version of its own; a second one is made up.
  @Test
  void itIsAskedForEachMessageWhatIsSpoken() {
    var spoken = new AtomicInteger(1);
    var config =
        ConfigFactory.parseString("pekko.actor.provider = local")
            .withFallback(system.settings().config());
    var other =
        ActorSystem.create(
            "speaking",
            ActorSystemSetup.create(BootstrapSetup.create(config), new SpokenSetup(spoken::get)));
    try {
      var serializer = SerializationExtension.get(other).findSerializerFor(LETTER);
      assertThat(serializer.toBinary(LETTER)).isNotEmpty();

      spoken.set(0);

      assertThatThrownBy(() -> serializer.toBinary(LETTER))
          .hasMessage("'letter' (Head) cannot be said in version 0");
    } finally {
      other.terminate();
    }
  }

  @Test
  void partitionIsWokenThroughTheEnvelopeOfSharding() {
    var envelope = new ShardingEnvelope<>("pods#3", new PartitionMessage.Wake());
    var serializer = serialization.findSerializerFor(envelope);
    var manifest = Serializers.manifestFor(serializer, envelope);

    assertThat(read(serializer.toBinary(envelope), serializer.identifier(), manifest))
        .isEqualTo(envelope);
  }

  @Test
  void whatHasNoFormatIsNotSent() {
    for (var other : new Object[] {new PartitionMessage.Leave(), LETTER.message()}) {
      assertThatThrownBy(() -> serialization.serialize(other).get())
          .isInstanceOf(NotSerializableException.class);
    }
    assertThatThrownBy(() -> serialization.serialize(new Serialized("a")).get())
        .isInstanceOf(JavaSerializationException.class);
  }

  @Test
  void whatHasNoFormatIsNotRead() throws IOException {
    var bytes = serialization.serialize(LETTER).get();

    assertThatThrownBy(() -> read(bytes, 735501, "zz")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> read(bytes, 735501, "wr")).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> read(bytes, 735501, Serialized.class.getName()))
        .isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> read(inJava(new Serialized("a")), JAVA, ""))
        .isInstanceOf(JavaSerializationException.class);
  }

  private static byte[] inJava(Serialized value) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  @Test
  void newerMessageIsRefusedWithBothVersions() {
    var bytes = serialization.serialize(LETTER).get();
    bytes[0] = 9;

    assertThatThrownBy(() -> read(bytes, 735501, "hr"))
        .isInstanceOf(NewerFormatException.class)
        .hasMessageContaining("version 9 by a newer Troupe; this one reads up to version 1");
  }
}
