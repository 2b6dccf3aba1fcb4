package dev.troupe.runtime.gateway.format;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.runtime.gateway.message.GatewayMessage.Hello;
import dev.troupe.runtime.gateway.message.GatewayMessage.LetIn;
import dev.troupe.runtime.gateway.message.GatewayMessage.TurnedAway;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.wire.WireFormat;
import dev.troupe.runtime.wire.WireReader;
import dev.troupe.runtime.wire.WireVersions;
import dev.troupe.runtime.wire.WireWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Who may work with whom. These are said before it is known what the other understands: what is to
/// be said otherwise is another message, never another version.
final class DoorFormats {

  /// The length of a plural, a letter, the length of a group, and a number.
  private static final int LEAST_OF_A_TYPE = 4;

  static final List<WireFormat<?>> ALL =
      List.of(
          WireFormat.of("he", Hello.class)
              .since(
                  1,
                  (out, hello) -> introduction(out, hello.self()),
                  in -> new Hello(introduction(in))),
          WireFormat.of("li", LetIn.class)
              .since(
                  1,
                  (out, letIn) -> introduction(out, letIn.self()),
                  in -> new LetIn(introduction(in))),
          WireFormat.of("tu", TurnedAway.class)
              .since(
                  1,
                  (out, turnedAway) -> out.text(turnedAway.sentence()),
                  in -> new TurnedAway(in.text())));

  private DoorFormats() {}

  private static void introduction(WireWriter out, Introduction self) {
    out.text(self.release());
    out.number(self.wire().lowest());
    out.number(self.wire().highest());
    out.number(self.schema());
    out.number(self.records());
    out.text(self.cluster());
    out.text(self.origin());
    out.number(self.clusterIncarnation());
    out.number(self.formedIncarnation());
    out.number(self.storeIncarnation());
    out.list(new TreeMap<>(self.partitions()).entrySet(), DoorFormats::count);
    out.number(self.clockMillis());
    out.number(self.probePort());
  }

  private static Introduction introduction(WireReader in) {
    return new Introduction(
        in.text(),
        new WireVersions(in.integer(), in.integer()),
        in.integer(),
        in.integer(),
        in.text(),
        in.text(),
        in.number(),
        in.number(),
        in.number(),
        in.list(LEAST_OF_A_TYPE, DoorFormats::count).stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (_, last) -> last)),
        in.number(),
        in.integer());
  }

  private static void count(WireWriter out, Map.Entry<TypeRef, Integer> count) {
    Parts.type(out, count.getKey());
    out.number(count.getValue());
  }

  private static Map.Entry<TypeRef, Integer> count(WireReader in) {
    return Map.entry(Parts.type(in), in.integer());
  }
}
