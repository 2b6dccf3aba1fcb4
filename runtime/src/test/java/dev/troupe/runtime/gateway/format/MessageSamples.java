package dev.troupe.runtime.gateway.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.api.refusal.CauseType;
import dev.troupe.api.refusal.StatusReason;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.codec.owners.StoredJson;
import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.Mutation.DeleteOptions;
import dev.troupe.resources.mutation.Mutation.PatchType;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.MutationRequest.Facts;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.mutation.MutationRequest.Options;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.Refusal.Details;
import dev.troupe.resources.mutation.Refusal.FieldCause;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.resources.subresource.Subresources;
import dev.troupe.runtime.collection.PartitionReport;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.collection.Sought;
import dev.troupe.runtime.collection.WatchItem;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.protocol.StreamItem;
import dev.troupe.runtime.collection.protocol.StreamedItem;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.controller.ControllerHost;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.gateway.message.Bundle;
import dev.troupe.runtime.gateway.message.GatewayMessage;
import dev.troupe.runtime.gateway.message.Introduction;
import dev.troupe.runtime.gateway.message.Letter;
import dev.troupe.runtime.gateway.message.ListRefusal;
import dev.troupe.runtime.gateway.message.Packed;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.logic.LeaseLetter;
import dev.troupe.runtime.overview.HeldReport;
import dev.troupe.runtime.overview.SelfReport;
import dev.troupe.runtime.overview.StreamReport;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.trace.TraceContext;
import dev.troupe.runtime.wire.WireVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One value of everything that crosses members. The golden files hold these: those of a version
/// that has been released never change, new ones are added.
///
/// A name is the manifest, what is special, and the version of the format.
final class MessageSamples {

  private static final long VERSION = 115_964_117_012_515_843L;
  private static final Instant NOW = Instant.ofEpochSecond(1_769_000_000, 123_456_789);
  private static final TypeRef DEPLOYMENTS = new TypeRef("apps", "deployments");
  private static final ResourceKey WEB = new ResourceKey(DEPLOYMENTS, "größe", "web");
  private static final PartitionId PARTITION = new PartitionId(DEPLOYMENTS, 11);
  private static final MemberId MEMBER = new MemberId("10.0.0.2:7355", -42);
  private static final MemberId VICTIM = new MemberId("10.0.0.3:7355", 1L << 62);
  private static final String UID = "3d6c6f0e-5d4c-4f0a-9d2b-0d1f3c5b7a99";

  private static final String WEB_JSON =
      "{\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\",\"labels\":{\"app\":\"größe\"}},"
          + "\"spec\":{\"replicas\":3,\"paused\":false,\"selector\":null,\"list\":[1,2.50,1e400,"
          + "12345678901234567890,{\"deep\":[[]]}]}}";

  private static final HostIdentity HOST =
      new HostIdentity(new PartitionId(new TypeRef(PartitionId.CONTROLLERS, "deployment"), 2), 9);

  private static final Introduction INTRODUCTION =
      new Introduction(
          "0.1.0",
          new WireVersions(1, 2),
          5,
          1,
          "b8d5c0de",
          "7463829104/00000001",
          4,
          7,
          12,
          Map.of(DEPLOYMENTS, 12, TypeRef.core("pods"), 300),
          1_769_000_000_123L,
          7356);

  private static final StoredResource STORED =
      new StoredResource(
          WEB,
          UID,
          VERSION,
          WEB_JSON.getBytes(UTF_8),
          Map.of("app", "größe"),
          Map.of("spec.nodeName", ""),
          List.of("owner-1", "owner-2"));

  private MessageSamples() {}

  static Map<String, Object> all() {
    var samples = new LinkedHashMap<String, Object>();
    door(samples);
    places(samples);
    writes(samples);
    replies(samples);
    reads(samples);
    lists(samples);
    streams(samples);
    leases(samples);
    people(samples);
    parcels(samples);
    return samples;
  }

  private static void add(Map<String, Object> samples, String name, GatewayMessage message) {
    samples.put(name, new Letter(MEMBER, 7_000_000, message));
  }

  private static void door(Map<String, Object> samples) {
    add(samples, "he-hello.1", new GatewayMessage.Hello(INTRODUCTION));
    add(samples, "li-let-in.1", new GatewayMessage.LetIn(INTRODUCTION));
    add(samples, "tu-turned-away.1", new GatewayMessage.TurnedAway("its clock is 3 s ahead"));
  }

  private static void places(Map<String, Object> samples) {
    samples.put("wk-wake.1", new PartitionMessage.Wake());
    samples.put("wh-ping.1", new ControllerHost.Ping());
    samples.put(
        "bu-two.1",
        new Bundle(List.of(new Packed("hr", new byte[] {1, 2}), new Packed("dp", new byte[0]))));
    add(samples, "hr-here.1", new GatewayMessage.PartitionHere(PARTITION, 7, true));
    add(samples, "dp-departing.1", new GatewayMessage.Departing());
    add(samples, "gn-gone.1", new GatewayMessage.PartitionGone(PARTITION, 300));
  }

  private static void writes(Map<String, Object> samples) {
    var object = object(WEB_JSON);
    add(samples, "wr-create.1", byUser(new Mutation.Create(object), Subresources.WHOLE));
    add(
        samples,
        "wr-decided.1",
        byUser(new Mutation.Decided(object, Mutation.Effect.CHANGED), Subresources.WHOLE));
    add(samples, "wr-update.1", byUser(new Mutation.Update(object), Subresources.STATUS));
    add(
        samples,
        "wr-json-patch.1",
        byUser(
            new Mutation.Patch(
                PatchType.JSON,
                object("{\"a\":[{\"op\":\"remove\",\"path\":\"/spec/replicas\"}]}").get("a")),
            Subresources.SCALE));
    add(
        samples,
        "wr-merge-patch.1",
        byUser(new Mutation.Patch(PatchType.MERGE, object("{\"spec\":null}")), Subresources.WHOLE));
    add(
        samples,
        "wr-unknown-subresource.1",
        byUser(new Mutation.Update(object), new Subresource.Unknown("attach")));
    add(
        samples,
        "wr-traced.1",
        traced(byUser(new Mutation.Delete(DeleteOptions.NONE), Subresources.WHOLE)));
    add(
        samples,
        "wr-apply.1",
        byUser(new Mutation.Apply(object, true, object), Subresources.WHOLE));
    add(samples, "wr-merge.1", byController(new Mutation.Merge(object)));
    add(samples, "wr-delete.1", byController(new Mutation.Delete(DeleteOptions.NONE)));
    add(
        samples,
        "wr-delete-with-options.1",
        byController(
            new Mutation.Delete(
                new DeleteOptions(-1L, "Foreground", false, UID, "115964117012515843"))));
    add(
        samples,
        "cn-close.1",
        new GatewayMessage.CloseNamespace(PARTITION, UID, Duration.ofHours(1)));
    add(samples, "cd-closed.1", new GatewayMessage.NamespaceClosed(UID));
  }

  private static GatewayMessage.Write byUser(Mutation mutation, Subresource subresource) {
    return write(
        mutation,
        subresource,
        null,
        WriteCause.user("ada", "kubectl/v1.36.0 (linux/amd64)", "create"),
        "");
  }

  private static GatewayMessage.Write byController(Mutation mutation) {
    return write(
        mutation,
        Subresources.WHOLE,
        HOST,
        WriteCause.controller("deployment", "scale down", WEB, VERSION),
        "deployment/web/7");
  }

  private static GatewayMessage.Write write(
      Mutation mutation,
      Subresource subresource,
      @Nullable HostIdentity host,
      WriteCause cause,
      String mutationKey) {
    return new GatewayMessage.Write(
        PARTITION,
        host,
        new MutationRequest(
            WEB,
            "apps/v1",
            subresource,
            mutation,
            new Options(FieldValidation.STRICT, true, "kubectl", List.of("spec.a", "spec.b[0]")),
            new Facts(NOW, UID, host == null ? "ns-uid" : null)),
        cause,
        mutationKey,
        VERSION,
        Duration.ofMillis(29_750),
        null);
  }

  private static GatewayMessage.Write traced(GatewayMessage.Write write) {
    return new GatewayMessage.Write(
        write.partition(),
        write.host(),
        write.mutation(),
        write.cause(),
        write.mutationKey(),
        write.seen(),
        write.left(),
        new TraceContext(0x0af7651916cd43ddL, 0x8448eb211c80319cL, 0xb7ad6b7169203331L));
  }

  private static void replies(Map<String, Object> samples) {
    var json = WEB_JSON.getBytes(UTF_8);
    for (var outcome : WriteReply.Outcome.values()) {
      answer(
          samples,
          "wa-" + outcome.name().toLowerCase(Locale.ROOT) + ".1",
          new WriteReply.Written(outcome, json, VERSION, List.of("spec.a is old", "")));
    }
    answer(samples, "wa-removed.1", new WriteReply.Removed(new byte[0], VERSION, List.of()));
    answer(
        samples,
        "wa-refused.1",
        new WriteReply.Refused(
            new Refusal(
                StatusReason.INVALID,
                "Deployment.apps \"web\" is invalid",
                new Details(
                    "web",
                    "apps",
                    "Deployment",
                    UID,
                    List.of(
                        new FieldCause(
                            CauseType.FIELD_VALUE_REQUIRED, "Required value", "spec.selector"),
                        new FieldCause(CauseType.UNSPECIFIED, "", ""))),
                0)));
    answer(
        samples,
        "wa-unavailable.1",
        new WriteReply.Refused(Refusal.unavailable("the partition moves")));
  }

  private static void answer(Map<String, Object> samples, String name, WriteReply reply) {
    boolean notStored = reply instanceof WriteReply.Refused;
    add(samples, name, new GatewayMessage.WriteAnswered(reply, notStored, VERSION));
  }

  private static void reads(Map<String, Object> samples) {
    add(samples, "ga-asked.1", new GatewayMessage.GiveUpAsked(PARTITION, 7));
    add(samples, "gu-given-up.1", new GatewayMessage.GivenUp(7));
    add(samples, "pa-asked.1", new GatewayMessage.PromiseAsked(PARTITION, VERSION));
    add(samples, "pr-given.1", new GatewayMessage.PromiseGiven(VERSION));
    add(
        samples,
        "pd-denied.1",
        new GatewayMessage.PromiseDenied("the store does not answer", false));
    add(samples, "ph-ahead.1", new GatewayMessage.PromiseAhead(VERSION));
    add(samples, "ge-asked.1", new GatewayMessage.GetAsked(PARTITION, WEB, VERSION));
    add(samples, "go-got.1", new GatewayMessage.Got(STORED, VERSION));
    add(samples, "go-nothing.1", new GatewayMessage.Got(null, VERSION));
    add(samples, "ne-asked.1", new GatewayMessage.NewestAsked(PARTITION, VERSION));
  }

  private static void lists(Map<String, Object> samples) {
    var all = ListQuery.of(DEPLOYMENTS, null);
    add(samples, "la-newest.1", new GatewayMessage.ListAsked(PARTITION, all, false));
    var sought = new Sought(List.of(new int[] {7, -7}, new int[] {Integer.MIN_VALUE}));
    var page =
        ListQuery.of(DEPLOYMENTS, "größe")
            .of("web")
            .behind(new Position("größe", "vor"))
            .wanting(sought)
            .at(VERSION);
    add(samples, "la-page.1", new GatewayMessage.ListAsked(PARTITION, page, true));
    add(samples, "lp-pulled.1", new GatewayMessage.ListPulled(PARTITION, 300, 2));
    add(samples, "ld-ended.1", new GatewayMessage.ListEnded(PARTITION, 300));
    var items = List.of(STORED, STORED);
    add(samples, "lb-begun.1", new GatewayMessage.ListBegun(300, VERSION, 20_000, 1 << 24, items));
    add(samples, "lb-all.1", new GatewayMessage.ListBegun(0, VERSION, 0, 0, List.of()));
    add(samples, "lt-part.1", new GatewayMessage.ListPart(300, 2, items, false));
    add(samples, "lt-last.1", new GatewayMessage.ListPart(300, 200, List.of(STORED), true));
    add(
        samples,
        "lr-expired.1",
        new GatewayMessage.ListRefused(ListRefusal.EXPIRED, "it is no longer kept"));
  }

  private static void streams(Map<String, Object> samples) {
    add(samples, "fo-follow.1", new GatewayMessage.Follow(PARTITION, 9, 2, 1_024));
    add(samples, "cr-credit.1", new GatewayMessage.Credit(PARTITION, 9, 2, 70_000, VERSION));
    add(samples, "uf-unfollow.1", new GatewayMessage.Unfollow(PARTITION, 9));
    streamed(samples, "st-started.1", new StreamItem.Started(PARTITION, 7, VERSION));
    streamed(samples, "st-heartbeat.1", new StreamItem.Heartbeat(PARTITION, 7, VERSION, VERSION));
    streamed(samples, "st-added.1", item(WatchItem.Type.ADDED, null));
    var before =
        new WatchItem.Previous(
            Map.of("app", "before"),
            Map.of("spec.nodeName", "n1"),
            StoredJson.of(WEB_JSON.getBytes(UTF_8)));
    streamed(samples, "st-modified.1", item(WatchItem.Type.MODIFIED, before));
    streamed(
        samples,
        "st-deleted.1",
        item(WatchItem.Type.DELETED, new WatchItem.Previous(Map.of(), Map.of(), null)));
  }

  private static StreamItem item(WatchItem.Type type, WatchItem.@Nullable Previous previous) {
    return new StreamItem.Item(
        PARTITION, 7, VERSION - 256, new WatchItem.Changed(type, STORED, previous));
  }

  private static void streamed(Map<String, Object> samples, String name, StreamItem item) {
    add(samples, name, new GatewayMessage.Streamed(9, new StreamedItem(2, 300, item)));
  }

  private static void leases(Map<String, Object> samples) {
    said(samples, "le-ask.1", new LeaseLetter.Ask(17, 3));
    said(
        samples,
        "le-granted.1",
        new LeaseLetter.Granted(17, 3, 1_769_000_000_123L, 1_769_000_000_119L));
    said(samples, "le-denied.1", new LeaseLetter.Denied(300, 4));
    said(
        samples,
        "le-new-roll.1",
        new LeaseLetter.NewRoll(new Roll(4, Set.of(MEMBER), Set.of(MEMBER, VICTIM))));
    said(samples, "le-no-roll.1", new LeaseLetter.NewRoll(Roll.NONE));
    add(samples, "vo-vote.1", new GatewayMessage.VotedDown(VICTIM, "connection refused"));
  }

  private static void said(Map<String, Object> samples, String name, LeaseLetter letter) {
    add(samples, name, new GatewayMessage.LeaseSaid(letter));
  }

  private static void people(Map<String, Object> samples) {
    var host =
        new HostReport(
            "deployment",
            MEMBER.address(),
            true,
            9,
            12,
            3,
            1,
            0,
            40,
            Duration.ofMillis(1_500),
            "it waits");
    add(samples, "ha-asked.1", new GatewayMessage.HostReportAsked("deployment"));
    add(samples, "hq-reported.1", new GatewayMessage.HostReported(host));
    add(samples, "oa-asked.1", new GatewayMessage.OverviewAsked());
    add(
        samples,
        "ov-told.1",
        new GatewayMessage.OverviewTold(
            new SelfReport(
                MEMBER.address(),
                List.of(
                    new PartitionReport(PARTITION, MEMBER.address(), true, 7, 20_000, VERSION),
                    PartitionReport.unknown(new PartitionId(TypeRef.core("pods"), 0))),
                new EventStore.Commits(512, 1_200_000, 20_000_000, 300_000_000),
                List.of(
                    new HeldReport(
                        PARTITION.collection(), PARTITION, 12, Duration.ofMillis(2_500))),
                List.of(
                    new StreamReport(
                        MEMBER.address(),
                        VICTIM.address(),
                        27,
                        300,
                        Duration.ofMillis(900),
                        PARTITION)))));
    add(
        samples,
        "ov-idle.1",
        new GatewayMessage.OverviewTold(
            new SelfReport(MEMBER.address(), List.of(), null, List.of(), List.of())));
  }

  private static void parcels(Map<String, Object> samples) {
    add(samples, "pc-part.1", new GatewayMessage.ParcelPart(5, 2, true, new byte[] {0, -1, 7}));
    add(samples, "pk-credit.1", new GatewayMessage.ParcelCredit(5, 130));
  }

  private static ObjectNode object(String json) {
    return JsonDecoder.stored(json.getBytes(UTF_8));
  }
}
