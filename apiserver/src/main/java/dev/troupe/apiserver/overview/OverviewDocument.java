package dev.troupe.apiserver.overview;

import dev.troupe.api.resource.Version;
import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Offer;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.overview.Overview;
import dev.troupe.runtime.overview.PromiseReport;
import dev.troupe.runtime.overview.StreamReport;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/troupe/status`: who takes part, who holds what, and who is behind. What nobody holds has no
/// owner.
public final class OverviewDocument {

  public static final String PATH = "/troupe/status";

  private OverviewDocument() {}

  public static Answer answer(ApiRequest request, Overview overview) {
    var representation = Representation.of(request, Offer.DOCUMENT);
    return new Answer.Document(
        200, representation.contentType(), Encoding.encode(document(overview), representation));
  }

  static ObjectNode document(Overview overview) {
    var document = JsonNodeFactory.instance.objectNode().put("seenBy", overview.seenBy());
    var members = document.putArray("members");
    overview.members().forEach(report -> describe(report, members.addObject()));
    var partitions = document.putArray("partitions");
    overview.partitions().forEach(report -> describe(report, partitions.addObject()));
    var controllers = document.putArray("controllers");
    overview.controllers().forEach(report -> describe(report, controllers.addObject()));
    var promises = document.putArray("promises");
    overview.promises().forEach(report -> describe(report, promises.addObject()));
    var streams = document.putArray("streams");
    overview.streams().forEach(report -> describe(report, streams.addObject()));
    return document;
  }

  private static void describe(PromiseReport report, ObjectNode json) {
    json.put("collection", report.collection().toString())
        .put("partitions", report.partitions())
        .put("slowest", report.slowest().toString());
    var age = report.age();
    if (age != null) {
      json.put("ageMillis", age.toMillis());
    }
    json.put("held", report.held()).put("heldMillis", report.oldest().toMillis());
  }

  private static void describe(StreamReport report, ObjectNode json) {
    json.put("from", report.from())
        .put("to", report.to())
        .put("streams", report.streams())
        .put("behind", report.changes())
        .put("behindMillis", report.oldest().toMillis());
    var slowest = report.slowest();
    if (slowest != null) {
      json.put("slowest", slowest.toString());
    }
  }

  private static void describe(Overview.MemberReport report, ObjectNode json) {
    json.put("address", report.address())
        .put("status", report.status())
        .put("answers", report.answers());
    var commits = report.commits();
    if (commits != null) {
      json.putObject("store")
          .put("commits", commits.count())
          .put("p50Millis", millis(commits.medianNanos()))
          .put("p99Millis", millis(commits.slowNanos()))
          .put("lastCommitAgeMillis", TimeUnit.NANOSECONDS.toMillis(commits.sinceNanos()));
    }
  }

  /// To the microsecond.
  private static double millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos) / 1_000.0;
  }

  private static void describe(PartitionReport report, ObjectNode json) {
    json.put("partition", report.id().toString());
    if (report.owner() != null) {
      json.put("owner", report.owner());
    }
    json.put("serving", report.serving())
        .put("epoch", report.epoch())
        .put("resources", report.resources())
        .put("version", Version.format(report.version()));
  }

  private static void describe(HostReport report, ObjectNode json) {
    json.put("controller", report.controller());
    if (report.owner() != null) {
      json.put("owner", report.owner());
    }
    json.put("running", report.running())
        .put("epoch", report.epoch())
        .put("awake", report.awake())
        .put("waiting", report.waiting())
        .put("quarantined", report.quarantined())
        .put("circling", report.circling())
        .put("behind", report.behind())
        .put("behindMillis", report.oldest().toMillis());
    if (!report.trouble().isEmpty()) {
      json.put("trouble", report.trouble());
    }
  }
}
