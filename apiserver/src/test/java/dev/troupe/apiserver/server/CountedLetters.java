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
/// such letter is a hop. It can lose them.
public final class CountedLetters extends SerializerWithStringManifest {

  private static final Queue<GatewayMessage> ASKED = new ConcurrentLinkedQueue<>();

  private static volatile boolean loses;

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

  /// Whether nothing that is asked arrives from now on.
  static void lose(boolean losesNow) {
    loses = losesNow;
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
      if (loses) {
        throw new LostException("lost on the way: " + question);
      }
    }
    return serializer.toBinary(message);
  }

  /// What it looks like for Pekko, which says so and goes on.
  private static final class LostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private LostException(String what) {
      super(what, null, false, false);
    }
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
