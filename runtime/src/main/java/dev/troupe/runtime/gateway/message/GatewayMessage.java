package dev.troupe.runtime.gateway.message;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.runtime.collection.protocol.StreamedItem;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.controller.HostReport;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.logic.LeaseLetter;
import dev.troupe.runtime.overview.SelfReport;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import dev.troupe.runtime.trace.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What members say to each other. Each has a format of its own in `gateway.format`: a new one, or
/// another component, is a new version of the language.
public sealed interface GatewayMessage {

  /// Who may work with whom.
  sealed interface OfTheDoor extends GatewayMessage {}

  /// A member wants to work with another: [LetIn] or [TurnedAway].
  record Hello(Introduction self) implements OfTheDoor {}

  record LetIn(Introduction self) implements OfTheDoor {}

  /// @param sentence what is in the way, and what to do about it
  record TurnedAway(String sentence) implements OfTheDoor {}

  /// Where partitions are. Never answered.
  sealed interface OfPlaces extends GatewayMessage {
    PartitionId partition();

    long epoch();
  }

  /// A partition is at the sender's.
  record PartitionHere(PartitionId partition, long epoch, boolean serving) implements OfPlaces {}

  record PartitionGone(PartitionId partition, long epoch) implements OfPlaces {}

  /// The sender is about to go: what it has is to be placed elsewhere, and nothing more with it.
  /// Repeated until it is gone; never answered.
  record Departing() implements GatewayMessage {}

  /// What a partition is asked.
  sealed interface ToAPartition extends GatewayMessage {
    PartitionId partition();
  }

  /// A write: [WriteAnswered].
  ///
  /// @param host whose write it is; null for those of people and of the platform
  /// @param left how long the answer is waited for. Clocks of members differ: what travels is no
  ///   moment
  /// @param trace to what of which trace it belongs; null if nobody records any
  record Write(
      PartitionId partition,
      @Nullable HostIdentity host,
      MutationRequest mutation,
      WriteCause cause,
      String mutationKey,
      long seen,
      Duration left,
      @Nullable TraceContext trace)
      implements ToAPartition {

    /// Longer than anybody waits.
    public static final Duration LONGEST = Duration.ofDays(1);

    /// @param now by the clock that the deadline is meant by
    public static Write of(PartitionId partition, WriteRequest request, Instant now) {
      return new Write(
          partition,
          request.host(),
          request.mutation(),
          request.cause(),
          request.mutationKey(),
          request.seen(),
          left(now, request.deadline()),
          request.trace());
    }

    private static Duration left(Instant now, Instant deadline) {
      if (!deadline.isAfter(now)) {
        return Duration.ZERO;
      }
      return deadline.isAfter(now.plus(LONGEST)) ? LONGEST : Duration.between(now, deadline);
    }

    /// The write as it is decided here. The way here is not counted: whoever waits gives up before
    /// the resource does.
    ///
    /// @param own the type of the partition, as all that is stored here has it
    /// @param now by the clock that the resource has
    /// @throws IllegalArgumentException if it is for a resource of another type
    public WriteRequest request(TypeRef own, Instant now) {
      if (!mutation.key().type().equals(own)) {
        throw new IllegalArgumentException(mutation.key() + " is not in " + partition);
      }
      return new WriteRequest(
          mutation.of(own), cause, mutationKey, seen, now.plus(left), host, trace);
    }
  }

  /// Creates that carry a namespace's uid shall be over: [NamespaceClosed] or [PromiseDenied].
  record CloseNamespace(PartitionId partition, String uid, Duration keep) implements ToAPartition {}

  /// An epoch has been opened: does the member have anything still of those before it? It gives
  /// that up: [GivenUp], when nothing is read of them any more, or no answer.
  record GiveUpAsked(PartitionId partition, long epoch) implements ToAPartition {}

  /// Is everything up to a version known? [PromiseGiven], [PromiseDenied] or [PromiseAhead].
  record PromiseAsked(PartitionId partition, long version) implements ToAPartition {}

  /// What is known of one object? [Got], [PromiseDenied] or [PromiseAhead].
  ///
  /// @param atLeast everything up to this version is to be in the answer
  record GetAsked(PartitionId partition, ResourceKey key, long atLeast) implements ToAPartition {}

  /// Which is the newest state that is known to be the newest there is? [PromiseGiven],
  /// [PromiseDenied] or [PromiseAhead].
  ///
  /// @param atLeast everything up to this version is to be in it
  record NewestAsked(PartitionId partition, long atLeast) implements ToAPartition {}

  /// What a partition is asked by whoever lists it.
  sealed interface ToALister extends ToAPartition {}

  /// A list of one state, which is kept until it has been taken: [ListBegun], [ListRefused] or
  /// [PromiseAhead].
  ///
  /// @param fromStore whether a state that memory does not have is to be read from the store
  record ListAsked(PartitionId partition, ListQuery query, boolean fromStore)
      implements ToALister {}

  /// The next part, or the same once more: [ListPart] or [ListRefused].
  ///
  /// @param number 0 for the part that came with the beginning
  record ListPulled(PartitionId partition, long list, int number) implements ToALister {}

  /// Nobody asks for more. Not answered.
  record ListEnded(PartitionId partition, long list) implements ToALister {}

  /// What a partition answers.
  sealed interface OfAPartition extends GatewayMessage {}

  /// @param notStored whether it is certain that nothing was stored, so that the same write may be
  ///   sent to the next owner
  /// @param seen the highest version that the owner has seen
  record WriteAnswered(WriteReply reply, boolean notStored, long seen) implements OfAPartition {}

  record NamespaceClosed(String uid) implements OfAPartition {}

  /// Nothing is read any more, nor will be, of epochs before this one.
  record GivenUp(long epoch) implements OfAPartition {}

  /// Nothing at or below a version will come.
  ///
  /// @param version at least the one that was asked for
  record PromiseGiven(long version) implements OfAPartition {}

  /// @param moving whether the partition is on its way to where it will promise more
  record PromiseDenied(String why, boolean moving) implements OfAPartition {}

  /// The version is ahead of time.
  record PromiseAhead(long version) implements OfAPartition {}

  /// @param resource null if there is no such object
  /// @param version of the state that was looked at
  record Got(@Nullable StoredResource resource, long version) implements OfAPartition {}

  /// What whoever lists a partition is answered.
  sealed interface OfALister extends OfAPartition {}

  /// @param list by which the sender knows it; 0 if nothing follows
  /// @param version of the state
  /// @param count see [dev.troupe.runtime.collection.reading.ListCursor#count]
  /// @param weight see [dev.troupe.runtime.collection.reading.ListCursor#weight]
  record ListBegun(long list, long version, long count, long weight, List<StoredResource> items)
      implements OfALister {
    public ListBegun {
      items = List.copyOf(items);
    }

    public boolean isAll() {
      return list == 0;
    }
  }

  record ListPart(long list, int number, List<StoredResource> items, boolean last)
      implements OfALister {
    public ListPart {
      items = List.copyOf(items);
    }
  }

  record ListRefused(ListRefusal kind, String why) implements OfALister {}

  /// The changes of a partition, for whoever follows them. Never answered: what is lost is said
  /// again, or read from the log.
  sealed interface OfStreams extends GatewayMessage {}

  /// @param follower by which the sender knows who follows
  /// @param attempt a higher one begins anew
  /// @param credit how many changes may be sent in this attempt
  record Follow(PartitionId partition, long follower, long attempt, long credit)
      implements OfStreams {}

  /// @param total how many changes may be sent in this attempt, with those that have been
  /// @param known the follower has everything up to this version; 0 if it does not know
  record Credit(PartitionId partition, long follower, long attempt, long total, long known)
      implements OfStreams {}

  record Unfollow(PartitionId partition, long follower) implements OfStreams {}

  /// @param follower by which the receiver knows him
  record Streamed(long follower, StreamedItem streamed) implements OfStreams {}

  /// By which members know whether they may read, and agree that one of them is gone.
  sealed interface OfLeases extends GatewayMessage {}

  record LeaseSaid(LeaseLetter letter) implements OfLeases {}

  /// Repeated for as long as the sender thinks so.
  ///
  /// @param why for people
  record VotedDown(MemberId victim, String why) implements OfLeases {}

  /// What people ask.
  sealed interface ForPeople extends GatewayMessage {}

  /// How does a controller do that the asked member runs? [HostReported].
  record HostReportAsked(String controller) implements ForPeople {}

  record HostReported(HostReport report) implements ForPeople {}

  /// How members are, and what they hold.
  sealed interface OfOverviews extends ForPeople {}

  /// How is the asked member? [OverviewTold].
  record OverviewAsked() implements OfOverviews {}

  record OverviewTold(SelfReport report) implements OfOverviews {}

  /// What is too large for one message goes in parts, against credit.
  sealed interface OfParcels extends GatewayMessage {
    /// By which both sides know it; the sender of the parts has chosen it.
    long parcel();
  }

  /// @param ordinal 0 for the first part
  /// @param content shared, never modified
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record ParcelPart(long parcel, int ordinal, boolean last, byte[] content) implements OfParcels {}

  /// @param parts how many parts may have been sent in all: a lost credit is made up for by the
  ///   next
  record ParcelCredit(long parcel, int parts) implements OfParcels {}
}
