package dev.troupe.runtime.gateway.format;

import dev.troupe.runtime.gateway.message.GatewayMessage.CloseNamespace;
import dev.troupe.runtime.gateway.message.GatewayMessage.NamespaceClosed;
import dev.troupe.runtime.gateway.message.GatewayMessage.Write;
import dev.troupe.runtime.gateway.message.GatewayMessage.WriteAnswered;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.wire.WireFormat;
import dev.troupe.runtime.wire.WireReader;
import dev.troupe.runtime.wire.WireWriter;
import java.util.List;

/// What changes something, and what comes of it.
final class WriteFormats {

  static final List<WireFormat<?>> ALL =
      List.of(
          WireFormat.of("wr", Write.class).since(1, WriteFormats::write, WriteFormats::write),
          WireFormat.of("wa", WriteAnswered.class)
              .since(
                  1,
                  (out, answered) -> {
                    ReplyFormat.reply(out, answered.reply());
                    out.flag(answered.notStored());
                    out.number(answered.seen());
                  },
                  in -> new WriteAnswered(ReplyFormat.reply(in), in.flag(), in.number())),
          WireFormat.of("cn", CloseNamespace.class)
              .since(
                  1,
                  (out, close) -> {
                    Parts.partition(out, close.partition());
                    out.text(close.uid());
                    Parts.time(out, close.keep());
                  },
                  in -> new CloseNamespace(Parts.partition(in), in.text(), Parts.time(in))),
          WireFormat.of("cd", NamespaceClosed.class)
              .since(
                  1,
                  (out, closed) -> out.text(closed.uid()),
                  in -> new NamespaceClosed(in.text())));

  private WriteFormats() {}

  private static void write(WireWriter out, Write write) {
    Parts.partition(out, write.partition());
    out.optional(write.host(), WriteFormats::host);
    MutationFormat.request(out, write.mutation());
    cause(out, write.cause());
    out.text(write.mutationKey());
    out.number(write.seen());
    Parts.time(out, write.left());
    Parts.trace(out, write.trace());
  }

  private static Write write(WireReader in) {
    return new Write(
        Parts.partition(in),
        in.optional(WriteFormats::host),
        MutationFormat.request(in),
        cause(in),
        in.text(),
        in.number(),
        Parts.time(in),
        Parts.trace(in));
  }

  private static void host(WireWriter out, HostIdentity host) {
    Parts.partition(out, host.host());
    out.number(host.epoch());
  }

  private static HostIdentity host(WireReader in) {
    return new HostIdentity(Parts.partition(in), in.number());
  }

  private static void cause(WireWriter out, WriteCause cause) {
    out.name(cause.kind());
    out.text(cause.name());
    out.text(cause.client());
    out.text(cause.reason());
    out.optional(cause.subject(), Parts::key);
    out.number(cause.version());
  }

  private static WriteCause cause(WireReader in) {
    return new WriteCause(
        in.name(WriteCause.Kind.class),
        in.text(),
        in.text(),
        in.text(),
        in.optional(Parts::key),
        in.number());
  }
}
