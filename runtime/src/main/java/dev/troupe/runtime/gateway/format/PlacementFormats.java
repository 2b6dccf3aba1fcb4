package dev.troupe.runtime.gateway.format;

import dev.troupe.runtime.gateway.message.GatewayMessage.PartitionGone;
import dev.troupe.runtime.gateway.message.GatewayMessage.PartitionHere;
import dev.troupe.runtime.wire.WireFormat;
import java.util.List;

/// Where partitions are.
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
                  in -> new PartitionGone(Parts.partition(in), in.number())));

  private PlacementFormats() {}
}
