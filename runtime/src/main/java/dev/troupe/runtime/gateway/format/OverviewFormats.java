package dev.troupe.runtime.gateway.format;

import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.gateway.message.GatewayMessage.HostReportAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.HostReported;
import dev.troupe.runtime.gateway.message.GatewayMessage.OverviewAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.OverviewTold;
import dev.troupe.runtime.wire.WireFormat;
import dev.troupe.runtime.wire.WireReader;
import dev.troupe.runtime.wire.WireWriter;
import java.util.List;

/// How partitions and controllers are doing, for people.
final class OverviewFormats {

  /// Beside the type, whose plural has a letter: six fields of a byte or more.
  private static final int LEAST_OF_A_PARTITION = 9;

  private static final int LEAST_OF_A_HOST = 7;

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
              .since(
                  1,
                  (out, told) -> {
                    out.list(told.partitions(), OverviewFormats::partition);
                    out.list(told.controllers(), OverviewFormats::host);
                  },
                  in ->
                      new OverviewTold(
                          in.list(LEAST_OF_A_PARTITION, OverviewFormats::partition),
                          in.list(LEAST_OF_A_HOST, OverviewFormats::host))));

  private OverviewFormats() {}

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
    out.number(report.quarantined());
    out.number(report.circling());
  }

  private static HostReport host(WireReader in) {
    return new HostReport(
        in.text(),
        in.optional(WireReader::text),
        in.flag(),
        in.number(),
        in.integer(),
        in.integer(),
        in.integer());
  }
}
