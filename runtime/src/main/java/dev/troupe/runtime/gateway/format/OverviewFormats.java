package dev.troupe.runtime.gateway.format;

import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.gateway.message.GatewayMessage.HostReportAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.HostReported;
import dev.troupe.runtime.gateway.message.GatewayMessage.OverviewAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.OverviewTold;
import dev.troupe.runtime.overview.HeldReport;
import dev.troupe.runtime.overview.SelfReport;
import dev.troupe.runtime.overview.StreamReport;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.wire.WireFormat;
import dev.troupe.runtime.wire.WireReader;
import dev.troupe.runtime.wire.WireWriter;
import java.time.Duration;
import java.util.List;

/// How members, partitions and controllers are doing, for people.
final class OverviewFormats {

  /// Beside the type, whose plural has a letter: six fields of a byte or more.
  private static final int LEAST_OF_A_PARTITION = 9;

  private static final int LEAST_OF_WHAT_IS_HELD = 9;

  private static final int LEAST_OF_A_STREAM = 6;

  static final List<WireFormat<?>> ALL =
      List.of(
          WireFormat.of("ha", HostReportAsked.class)
              .since(
                  1,
                  (out, asked) -> out.text(asked.controller()),
                  in -> new HostReportAsked(in.text())),
          WireFormat.of("hq", HostReported.class)
              .since(
                  1,
                  (out, reported) -> host(out, reported.report()),
                  in -> new HostReported(host(in))),
          WireFormat.of("oa", OverviewAsked.class).since(1, (_, _) -> {}, _ -> new OverviewAsked()),
          WireFormat.of("ov", OverviewTold.class)
              .since(1, (out, told) -> self(out, told.report()), in -> new OverviewTold(self(in))));

  private OverviewFormats() {}

  private static void self(WireWriter out, SelfReport report) {
    out.text(report.member());
    out.list(report.partitions(), OverviewFormats::partition);
    out.optional(report.commits(), OverviewFormats::commits);
    out.list(report.held(), OverviewFormats::held);
    out.list(report.streams(), OverviewFormats::stream);
  }

  private static SelfReport self(WireReader in) {
    return new SelfReport(
        in.text(),
        in.list(LEAST_OF_A_PARTITION, OverviewFormats::partition),
        in.optional(OverviewFormats::commits),
        in.list(LEAST_OF_WHAT_IS_HELD, OverviewFormats::held),
        in.list(LEAST_OF_A_STREAM, OverviewFormats::stream));
  }

  private static void held(WireWriter out, HeldReport report) {
    Parts.type(out, report.collection());
    Parts.partition(out, report.slowest());
    out.number(report.changes());
    out.number(report.oldest().toMillis());
  }

  private static HeldReport held(WireReader in) {
    return new HeldReport(
        Parts.type(in), Parts.partition(in), in.integer(), Duration.ofMillis(in.number()));
  }

  private static void stream(WireWriter out, StreamReport report) {
    out.text(report.from());
    out.text(report.to());
    out.number(report.streams());
    out.number(report.changes());
    out.number(report.oldest().toMillis());
    out.optional(report.slowest(), Parts::partition);
  }

  private static StreamReport stream(WireReader in) {
    return new StreamReport(
        in.text(),
        in.text(),
        in.integer(),
        in.integer(),
        Duration.ofMillis(in.number()),
        in.optional(Parts::partition));
  }

  private static void commits(WireWriter out, EventStore.Commits commits) {
    out.number(commits.count());
    out.number(commits.medianNanos());
    out.number(commits.slowNanos());
    out.number(commits.sinceNanos());
  }

  private static EventStore.Commits commits(WireReader in) {
    return new EventStore.Commits(in.integer(), in.number(), in.number(), in.number());
  }

  private static void partition(WireWriter out, PartitionReport report) {
    Parts.partition(out, report.id());
    out.optional(report.owner(), WireWriter::text);
    out.flag(report.serving());
    out.number(report.epoch());
    out.number(report.resources());
    out.number(report.version());
  }

  private static PartitionReport partition(WireReader in) {
    return new PartitionReport(
        Parts.partition(in),
        in.optional(WireReader::text),
        in.flag(),
        in.number(),
        in.integer(),
        in.number());
  }

  private static void host(WireWriter out, HostReport report) {
    out.text(report.controller());
    out.optional(report.owner(), WireWriter::text);
    out.flag(report.running());
    out.number(report.epoch());
    out.number(report.awake());
    out.number(report.waiting());
    out.number(report.quarantined());
    out.number(report.circling());
    out.number(report.behind());
    out.number(report.oldest().toMillis());
    out.text(report.trouble());
  }

  private static HostReport host(WireReader in) {
    return new HostReport(
        in.text(),
        in.optional(WireReader::text),
        in.flag(),
        in.number(),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer(),
        in.integer(),
        Duration.ofMillis(in.number()),
        in.text());
  }
}
