package dev.troupe.runtime.gateway.format;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.controller.ControllerHost;
import dev.troupe.runtime.gateway.message.Bundle;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.gateway.message.Packed;
import dev.troupe.runtime.gateway.message.Sendable;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.wire.WireFormat;
import dev.troupe.runtime.wire.WireFormats;
import dev.troupe.runtime.wire.WireReader;
import dev.troupe.runtime.wire.WireWriter;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// Everything that crosses members, as bytes: letters, alone and together, and what sharding
/// carries to an entity. Nothing else is written, or read.
public final class GatewayFormats {

  /// @param from who has sent a letter
  private record Head(MemberId from, long correlation) {}

  /// What stands before the message, in a version of its own. Letters have the manifests of their
  /// messages.
  private static final WireFormat<Head> HEAD =
      WireFormat.of("letter", Head.class)
          .since(
              1,
              (out, head) -> {
                Parts.member(out, head.from());
                out.number(head.correlation());
              },
              in -> new Head(Parts.member(in), in.number()));

  private static final WireFormats MESSAGES =
      new WireFormats(
          Stream.of(
                  DoorFormats.ALL,
                  PlacementFormats.ALL,
                  WriteFormats.ALL,
                  ReadFormats.ALL,
                  ListFormats.ALL,
                  StreamFormats.ALL,
                  LeaseFormats.ALL,
                  OverviewFormats.ALL,
                  ParcelFormats.ALL)
              .<WireFormat<?>>flatMap(Collection::stream)
              .toList());

  /// A manifest and the bytes have a length each.
  private static final int LEAST_OF_A_LETTER = 2;

  /// What is no letter: what is put into an envelope of Pekko's, which says for which entity it is,
  /// and letters that go together.
  private static final WireFormats OTHERS =
      new WireFormats(
          List.of(
              WireFormat.of("bu", Bundle.class)
                  .since(
                      1,
                      (out, bundle) -> out.list(bundle.letters(), GatewayFormats::packed),
                      in ->
                          new Bundle(
                              in.list(
                                  LEAST_OF_A_LETTER,
                                  from -> new Packed(from.text(), from.bytes())))),
              WireFormat.of("wk", PartitionMessage.Wake.class)
                  .since(1, (_, _) -> {}, _ -> new PartitionMessage.Wake()),
              WireFormat.of("wh", ControllerHost.Ping.class)
                  .since(1, (_, _) -> {}, _ -> new ControllerHost.Ping())));

  /// What is said to those of whom it is not known yet what they understand.
  private static final int FIRST = 1;

  private GatewayFormats() {}

  /// What it is called, for ever.
  ///
  /// @throws IllegalArgumentException if it does not cross members
  public static String manifest(Object value) {
    return value instanceof Letter letter
        ? MESSAGES.manifest(letter.message())
        : OTHERS.manifest(value);
  }

  /// @param spoken the version of the language that all understand who are worked with; what may
  ///   come to others as well is always written in the first
  /// @throws IllegalArgumentException if it does not cross members, or cannot be said in that
  ///   version
  public static byte[] bytes(Object value, int spoken) {
    var out = new WireWriter();
    if (value instanceof Letter(var from, var correlation, var message)) {
      int version = message instanceof GatewayMessage.OfTheDoor ? FIRST : spoken;
      HEAD.write(out, new Head(from, correlation), version);
      MESSAGES.write(out, message, version);
    } else {
      OTHERS.write(out, value instanceof Bundle bundle ? packed(bundle, spoken) : value, FIRST);
    }
    return out.bytes();
  }

  /// Does with a letter what would be done when it is sent.
  ///
  /// @param spoken see [#bytes]
  public static Packed packed(Letter letter, int spoken) {
    return new Packed(manifest(letter), bytes(letter, spoken));
  }

  private static Bundle packed(Bundle bundle, int spoken) {
    return new Bundle(
        bundle.letters().stream()
            .<Sendable>map(sendable ->
                switch (sendable) {
                  case Letter letter -> packed(letter, spoken);
                  case Packed packed -> packed;
                })
            .toList());
  }

  private static void packed(WireWriter out, Sendable sendable) {
    switch (sendable) {
      case Packed(var manifest, var bytes) -> {
        out.text(manifest);
        out.bytes(bytes);
      }
      case Letter letter -> throw new IllegalArgumentException(letter + " is not packed");
    }
  }

  /// @throws dev.troupe.runtime.wire.NewerFormatException if a newer Troupe has written it
  /// @throws dev.troupe.runtime.wire.MalformedException if nobody has
  public static Object read(String manifest, byte[] bytes) {
    var in = new WireReader(bytes);
    var value =
        OTHERS.manifests().contains(manifest) ? OTHERS.read(manifest, in) : letter(manifest, in);
    in.end();
    return value;
  }

  private static Letter letter(String manifest, WireReader in) {
    var head = HEAD.read(in);
    var message = (GatewayMessage) MESSAGES.read(manifest, in);
    return new Letter(head.from(), head.correlation(), message);
  }
}
