package dev.troupe.runtime.gateway.format;

import dev.troupe.runtime.gateway.message.GatewayMessage.GetAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.Got;
import dev.troupe.runtime.gateway.message.GatewayMessage.NewestAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.PromiseAhead;
import dev.troupe.runtime.gateway.message.GatewayMessage.PromiseAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.PromiseDenied;
import dev.troupe.runtime.gateway.message.GatewayMessage.PromiseGiven;
import dev.troupe.runtime.wire.WireFormat;
import java.util.List;

/// What a partition is asked about what it knows, and what it answers.
final class ReadFormats {

  static final List<WireFormat<?>> ALL =
      List.of(
          WireFormat.of("pa", PromiseAsked.class)
              .since(
                  1,
                  (out, asked) -> {
                    Parts.partition(out, asked.partition());
                    out.number(asked.version());
                  },
                  in -> new PromiseAsked(Parts.partition(in), in.number())),
          WireFormat.of("pr", PromiseGiven.class)
              .since(
                  1,
                  (out, given) -> out.number(given.version()),
                  in -> new PromiseGiven(in.number())),
          WireFormat.of("pd", PromiseDenied.class)
              .since(
                  1,
                  (out, denied) -> {
                    out.text(denied.why());
                    out.flag(denied.moving());
                  },
                  in -> new PromiseDenied(in.text(), in.flag())),
          WireFormat.of("ph", PromiseAhead.class)
              .since(
                  1,
                  (out, ahead) -> out.number(ahead.version()),
                  in -> new PromiseAhead(in.number())),
          WireFormat.of("ge", GetAsked.class)
              .since(
                  1,
                  (out, asked) -> {
                    Parts.partition(out, asked.partition());
                    Parts.key(out, asked.key());
                    out.number(asked.atLeast());
                  },
                  in -> new GetAsked(Parts.partition(in), Parts.key(in), in.number())),
          WireFormat.of("ne", NewestAsked.class)
              .since(
                  1,
                  (out, asked) -> {
                    Parts.partition(out, asked.partition());
                    out.number(asked.atLeast());
                  },
                  in -> new NewestAsked(Parts.partition(in), in.number())),
          WireFormat.of("go", Got.class)
              .since(
                  1,
                  (out, got) -> {
                    out.optional(got.resource(), Parts::resource);
                    out.number(got.version());
                  },
                  in -> new Got(in.optional(Parts::resource), in.number())));

  private ReadFormats() {}
}
