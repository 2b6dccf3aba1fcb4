package dev.troupe.runtime.gateway;

import dev.troupe.runtime.gateway.format.GatewayFormats;
import java.util.function.IntSupplier;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// The one serializer of ours that Pekko knows: for what crosses members, and for nothing else.
///
/// It makes no formats until something does, which a member alone never needs.
public final class WireSerializer extends SerializerWithStringManifest {

  /// By which other members know it, for ever.
  public static final int IDENTIFIER = 735_501;

  private final IntSupplier spoken;

  /// Called by Pekko.
  public WireSerializer(ExtendedActorSystem system) {
    this.spoken = SpokenSetup.of(system);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return GatewayFormats.manifest(message);
  }

  @Override
  public byte[] toBinary(Object message) {
    return GatewayFormats.bytes(message, spoken.getAsInt());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return GatewayFormats.read(manifest, bytes);
  }
}
