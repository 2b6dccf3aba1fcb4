package dev.troupe.runtime.gateway;

import dev.troupe.runtime.gateway.format.GatewayFormats;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.gateway.message.Packed;
import dev.troupe.runtime.wire.MalformedException;
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

  /// @throws dev.troupe.runtime.wire.MalformedException if it is no letter
  static Letter unpack(Packed packed) {
    if (GatewayFormats.read(packed.manifest(), packed.bytes()) instanceof Letter letter) {
      return letter;
    }
    throw new MalformedException("'" + packed.manifest() + "' is no letter");
  }

  @Override
  public String manifest(Object message) {
    return message instanceof Packed packed ? packed.manifest() : GatewayFormats.manifest(message);
  }

  @Override
  public byte[] toBinary(Object message) {
    return message instanceof Packed packed
        ? packed.bytes()
        : GatewayFormats.bytes(message, spoken.getAsInt());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) {
    return GatewayFormats.read(manifest, bytes);
  }
}
