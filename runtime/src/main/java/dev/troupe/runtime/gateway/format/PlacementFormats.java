package dev.troupe.runtime.gateway.format;

import dev.troupe.runtime.gateway.message.GatewayMessage.Departing;
import dev.troupe.runtime.gateway.message.GatewayMessage.GiveUpAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.GivenUp;
import dev.troupe.runtime.gateway.message.GatewayMessage.PartitionGone;
import dev.troupe.runtime.gateway.message.GatewayMessage.PartitionHere;
import dev.troupe.runtime.wire.WireFormat;
import java.util.List;

/// Where partitions are, and where they shall not stay.
final class PlacementFormats {

  static final List<WireFormat<?>> ALL =
      List.of(
          WireFormat.of("hr", PartitionHere.class)
              .since(
                  1,
                  (out, here) -> {
                    Parts.partition(out, here.partition());
                    out.number(here.epoch());
                    out.flag(here.serving());
                  },
                  in -> new PartitionHere(Parts.partition(in), in.number(), in.flag())),
          WireFormat.of("gn", PartitionGone.class)
              .since(
                  1,
                  (out, gone) -> {
                    Parts.partition(out, gone.partition());
                    out.number(gone.epoch());
                  },
                  in -> new PartitionGone(Parts.partition(in), in.number())),
          WireFormat.of("ga", GiveUpAsked.class)
              .since(
                  1,
                  (out, asked) -> {
                    Parts.partition(out, asked.partition());
                    out.number(asked.epoch());
                  },
                  in -> new GiveUpAsked(Parts.partition(in), in.number())),
          WireFormat.of("gu", GivenUp.class)
              .since(1, (out, given) -> out.number(given.epoch()), in -> new GivenUp(in.number())),
          WireFormat.of("dp", Departing.class).since(1, (_, _) -> {}, _ -> new Departing()));

  private PlacementFormats() {}
}
