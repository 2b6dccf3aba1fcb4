package dev.troupe.apiserver.server;

import dev.troupe.runtime.gateway.WireSerializer;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.gateway.message.Packed;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// The serializer of members, which notes what they ask each other for the sake of a request: each
/// such letter is a hop.
public final class CountedLetters extends SerializerWithStringManifest {

  private static final Queue<GatewayMessage> ASKED = new ConcurrentLinkedQueue<>();

  private final WireSerializer serializer;

  /// Called by Pekko.
  public CountedLetters(ExtendedActorSystem system) {
    this.serializer = new WireSerializer(system);
  }

  /// What has been asked since this was called last.
  static List<GatewayMessage> take() {
    var asked = List.copyOf(ASKED);
    ASKED.removeAll(asked);
    return asked;
  }

  @Override
  public int identifier() {
    return serializer.identifier();
  }

  @Override
  public String manifest(Object message) {
    return serializer.manifest(message);
  }

  @Override
  public byte[] toBinary(Object message) {
    var sent =
        message instanceof Packed(var manifest, var bytes)
            ? serializer.fromBinary(bytes, manifest)
            : message;
    if (sent instanceof Letter(_, _, var question)
        && question instanceof GatewayMessage.ToAPartition
        && !isOfTheBackground(question)) {
      ASKED.add(question);
    }
    return serializer.toBinary(message);
  }

  /// Asked for the sake of nobody's request.
  private static boolean isOfTheBackground(GatewayMessage question) {
    return switch (question) {
      case GatewayMessage.GetAsked(_, var key, _) -> key.name().isEmpty();
      case GatewayMessage.PromiseAsked _ -> true;
      default -> false;
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return serializer.fromBinary(bytes, manifest);
  }
}
