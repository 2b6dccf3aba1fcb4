package dev.troupe.runtime.gateway.format;

import dev.troupe.runtime.gateway.message.GatewayMessage.ParcelCredit;
import dev.troupe.runtime.gateway.message.GatewayMessage.ParcelPart;
import dev.troupe.runtime.wire.WireFormat;
import java.util.List;

/// What is too large for one message, in parts.
final class ParcelFormats {

  static final List<WireFormat<?>> ALL =
      List.of(
          WireFormat.of("pc", ParcelPart.class)
              .since(
                  1,
                  (out, part) -> {
                    out.number(part.parcel());
                    out.number(part.ordinal());
                    out.flag(part.last());
                    out.bytes(part.content());
                  },
                  in -> new ParcelPart(in.number(), in.integer(), in.flag(), in.bytes())),
          WireFormat.of("pk", ParcelCredit.class)
              .since(
                  1,
                  (out, credit) -> {
                    out.number(credit.parcel());
                    out.number(credit.parts());
                  },
                  in -> new ParcelCredit(in.number(), in.integer())));

  private ParcelFormats() {}
}
