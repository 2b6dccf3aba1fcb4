package dev.troupe.runtime.gateway.format;

import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.collection.Sought;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListBegun;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListEnded;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListPart;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListPulled;
import dev.troupe.runtime.gateway.message.GatewayMessage.ListRefused;
import dev.troupe.runtime.gateway.message.ListRefusal;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.wire.MalformedException;
import dev.troupe.runtime.wire.WireFormat;
import dev.troupe.runtime.wire.WireReader;
import dev.troupe.runtime.wire.WireWriter;
import java.util.Arrays;
import java.util.List;

/// Lists of a partition, which are taken part by part.
final class ListFormats {

  private static final long MOST_OF_AN_INT = 0xFFFF_FFFFL;

  /// Beside the type, whose plural has a letter: eight lengths and numbers.
  private static final int LEAST_OF_A_RESOURCE = 11;

  static final List<WireFormat<?>> ALL =
      List.of(
          WireFormat.of("la", ListAsked.class).since(1, ListFormats::asked, ListFormats::asked),
          WireFormat.of("lp", ListPulled.class)
              .since(
                  1,
                  (out, pulled) -> {
                    Parts.partition(out, pulled.partition());
                    out.number(pulled.list());
                    out.number(pulled.number());
                  },
                  in -> new ListPulled(Parts.partition(in), in.number(), in.integer())),
          WireFormat.of("ld", ListEnded.class)
              .since(
                  1,
                  (out, ended) -> {
                    Parts.partition(out, ended.partition());
                    out.number(ended.list());
                  },
                  in -> new ListEnded(Parts.partition(in), in.number())),
          WireFormat.of("lb", ListBegun.class).since(1, ListFormats::begun, ListFormats::begun),
          WireFormat.of("lt", ListPart.class).since(1, ListFormats::part, ListFormats::part),
          WireFormat.of("lr", ListRefused.class)
              .since(
                  1,
                  (out, refused) -> {
                    out.name(refused.kind());
                    out.text(refused.why());
                  },
                  in -> new ListRefused(in.name(ListRefusal.class), in.text())));

  private ListFormats() {}

  private static void asked(WireWriter out, ListAsked asked) {
    Parts.partition(out, asked.partition());
    var query = asked.query();
    out.optional(query.namespace(), WireWriter::text);
    out.optional(query.name(), WireWriter::text);
    out.optional(query.after(), ListFormats::position);
    out.optional(query.wanted(), ListFormats::wanted);
    out.number(query.version());
    out.flag(asked.fromStore());
  }

  private static ListAsked asked(WireReader in) {
    var partition = Parts.partition(in);
    return new ListAsked(partition, query(in, partition), in.flag());
  }

  private static ListQuery query(WireReader in, PartitionId partition) {
    return new ListQuery(
        partition.collection(),
        in.optional(WireReader::text),
        in.optional(WireReader::text),
        in.optional(ListFormats::position),
        in.optional(ListFormats::wanted),
        in.number());
  }

  private static void position(WireWriter out, Position position) {
    out.text(position.namespace());
    out.text(position.name());
  }

  private static Position position(WireReader in) {
    return new Position(in.text(), in.text());
  }

  private static void wanted(WireWriter out, Sought sought) {
    out.list(sought.conditions(), ListFormats::numbers);
  }

  private static Sought wanted(WireReader in) {
    return new Sought(in.list(1, ListFormats::numbers));
  }

  private static void numbers(WireWriter out, int[] numbers) {
    out.list(
        Arrays.stream(numbers).mapToObj(number -> number & MOST_OF_AN_INT).toList(),
        WireWriter::number);
  }

  private static int[] numbers(WireReader in) {
    return in.list(1, WireReader::number).stream().mapToInt(ListFormats::small).toArray();
  }

  private static int small(long number) {
    if ((number & ~MOST_OF_AN_INT) != 0) {
      throw new MalformedException("a number of " + number + " where 32 bits must be");
    }
    return (int) number;
  }

  private static void begun(WireWriter out, ListBegun begun) {
    out.number(begun.list());
    out.number(begun.version());
    out.number(begun.count());
    out.number(begun.weight());
    out.list(begun.items(), Parts::resource);
  }

  private static ListBegun begun(WireReader in) {
    return new ListBegun(
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.list(LEAST_OF_A_RESOURCE, Parts::resource));
  }

  private static void part(WireWriter out, ListPart part) {
    out.number(part.list());
    out.number(part.number());
    out.list(part.items(), Parts::resource);
    out.flag(part.last());
  }

  private static ListPart part(WireReader in) {
    return new ListPart(
        in.number(), in.integer(), in.list(LEAST_OF_A_RESOURCE, Parts::resource), in.flag());
  }
}
