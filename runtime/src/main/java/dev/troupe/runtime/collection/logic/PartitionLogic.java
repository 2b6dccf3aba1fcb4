package dev.troupe.runtime.collection.logic;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.collection.PartitionSettings;
import dev.troupe.runtime.collection.index.Roots;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.collection.waiting.Closings;
import dev.troupe.runtime.collection.waiting.Deliveries;
import dev.troupe.runtime.collection.waiting.Orders;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.PartitionId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A partition: it runs epoch after epoch, and sees to it that every write is answered exactly
/// once, and none as successful that is not stored.
///
/// When an epoch ends, the next one looks up what was in flight, and runs again what cannot have
/// been stored.
///
/// Not thread-safe, but for the [Roots] that it publishes and the clocks that its children share.
public final class PartitionLogic {

  private static final String MOVING = "the partition is moving to another member";

  private final Lasting lasting;
  private final Retries retries;
  private final Succession succession;
  private final InstantSource time;

  private PartitionPhase phase =
      new PartitionPhase.Waiting(PartitionPhase.Legacy.NONE, PartitionPhase.Waiting.LATER);

  /// @param owner the member that will serve the partition; null if it is alone
  /// @param roots where to publish
  /// @param time what the clocks of its epochs go by
  /// @param random between 0 and 1, for delays
  public PartitionLogic(
      PartitionId id,
      @Nullable MemberId owner,
      PartitionSettings settings,
      Roots roots,
      InstantSource time,
      DoubleSupplier random,
      Supplier<String> definition) {
    this.lasting = Lasting.of(id, settings, roots, definition);
    this.retries = new Retries(random);
    this.succession = new Succession(lasting, retries, owner);
    this.time = time;
  }

  /// How far those are who follow, for any thread.
  public Deliveries deliveries() {
    return lasting.followers().deliveries();
  }

  /// @param now the time of the member, in milliseconds
  /// @return what is to be done, in this order; always the same queue, to be emptied
  public Queue<PartitionEffect> on(PartitionMessage message, long now) {
    switch (message) {
      case PartitionMessage.Request request -> onRequest(request, now);
      case PartitionMessage.InEpoch news -> onNews(news, now);
      case PartitionMessage.ChildTerminated(var child) -> terminated(child);
      case PartitionMessage.Opening news -> onOpening(news, now);
      case PartitionMessage.Life life -> onLife(life, now);
    }
    finishLeaving();
    return lasting.effects();
  }

  private void onRequest(PartitionMessage.Request request, long now) {
    switch (request) {
      case PartitionMessage.Wake() -> {}
      case PartitionMessage.Write write -> write(write);
      case PartitionMessage.Ask ask -> ask(ask, now);
      case PartitionMessage.CloseNamespace close -> closeNamespace(close, now);
      case PartitionMessage.Follow follow -> follow(follow, now);
      case PartitionMessage.Credit credit -> lasting.followers().credit(credit, now);
      case PartitionMessage.Unfollow(var follower) -> lasting.followers().remove(follower);
      case PartitionMessage.Leave() -> leave();
      case PartitionMessage.GiveUp giveUp -> giveUp(giveUp);
    }
  }

  private void write(PartitionMessage.Write write) {
    switch (phase) {
      case PartitionPhase.Between _ -> lasting.orders().take(write, false);
      case PartitionPhase.Serving(var epoch) -> lasting.orders().take(write, epoch.hasBegun());
      case PartitionPhase.Leaving _, PartitionPhase.Gone _ -> lasting.orders().refuse(write);
    }
  }

  private void ask(PartitionMessage.Ask ask, long now) {
    switch (phase) {
      case PartitionPhase.Between _ -> lasting.readers().add(ask, lasting.roots().newest());
      case PartitionPhase.Open open -> {
        lasting.readers().add(ask, lasting.roots().newest());
        open.epoch().answerReaders(now);
      }
      case PartitionPhase.Gone() -> lasting.readers().deny(ask);
    }
  }

  private void closeNamespace(PartitionMessage.CloseNamespace close, long now) {
    switch (phase) {
      case PartitionPhase.Between _ -> closing(close, now);
      case PartitionPhase.Open open -> open.epoch().close(closing(close, now));
      case PartitionPhase.Gone() -> {
        closing(close, now);
        lasting.closings().refuseAll(MOVING);
      }
    }
  }

  private Closings.Pending closing(PartitionMessage.CloseNamespace close, long now) {
    return lasting
        .closings()
        .close(
            close.uid(), now + close.keep().toMillis(), lasting.orders().last(), close.replyTo());
  }

  private void follow(PartitionMessage.Follow follow, long now) {
    lasting.followers().add(follow, now);
    switch (phase) {
      case PartitionPhase.Open open -> open.epoch().startFollower(follow.follower());
      case PartitionPhase.Between _, PartitionPhase.Gone _ -> {}
    }
  }

  // Epochs

  private void onOpening(PartitionMessage.Opening news, long now) {
    if (phase instanceof PartitionPhase.Between between) {
      phase = succession.on(news, between, now);
    }
    serveIfReady(now);
  }

  private void serveIfReady(long now) {
    if (phase instanceof PartitionPhase.Ready ready) {
      serve(ready, now);
    }
  }

  private void serve(PartitionPhase.Ready ready, long now) {
    var past = ready.past();
    var loaded = ready.loaded();
    var epoch = new PartitionEpoch(ready.opened(), loaded.index(), lasting, retries, time);
    lasting.closings().load(ready.opened().facts());
    phase = new PartitionPhase.Serving(epoch);
    past.lost().forEach(lost -> resolve(lost, past.foreign(), loaded.found()));
    epoch.start(now);
  }

  /// Answers what was in flight when its epoch ended. What was not stored then never will be.
  private void resolve(Lost lost, boolean foreign, Map<ResourceKey, EventRecord> found) {
    var orders = lasting.orders();
    var draft = lost.draft();
    if (!orders.isUnanswered(draft.order())) {
      return;
    }
    if (lost.isStoredAccordingTo(found.get(draft.key()))) {
      var event = draft.event(lasting.id(), lost.epoch(), lost.version());
      orders.answer(draft.order(), draft.reply(event.version(), event.body()));
    } else if (foreign) {
      orders.refuse(draft.order(), Orders.unknownOutcome());
    } else {
      orders.failed(draft.order());
    }
  }

  private void onNews(PartitionMessage.InEpoch news, long now) {
    switch (phase) {
      case PartitionPhase.Open open when open.epoch().number() == news.epoch() ->
          onNews(open.epoch(), news, now);
      case PartitionPhase.Noting noting when noting.ready().opened().epoch() == news.epoch() ->
          noted(noting, news, now);
      case PartitionPhase.Between _, PartitionPhase.Open _, PartitionPhase.Gone _ -> {}
    }
  }

  private void noted(PartitionPhase.Noting noting, PartitionMessage.InEpoch news, long now) {
    var next = succession.on(news, noting);
    if (next == null) {
      fenced(noting.past().lost(), news.epoch());
    } else {
      phase = next;
      serveIfReady(now);
    }
  }

  private void onNews(PartitionEpoch epoch, PartitionMessage.InEpoch news, long now) {
    switch (news) {
      case PartitionMessage.Stored stored -> epoch.stored(stored, now);
      case PartitionMessage.Decided(_, var answer) -> epoch.decided(answer);
      case PartitionMessage.Refused(_, var version, var why) -> epoch.refused(version, why, now);
      case PartitionMessage.Kept(_, var keeping) -> epoch.kept(keeping, now);
      case PartitionMessage.KeepRefused(_, var keeping) -> epoch.keepRefused(keeping);
      case PartitionMessage.KeepFailed(_, var keeping, var why) ->
          epoch.keepFailed(keeping, why).ifPresent(end -> end(epoch, end));
      case PartitionMessage.Fenced _ -> fenced(epoch.end(), epoch.number());
      case PartitionMessage.Failed(_, var why) -> end(epoch, why);
    }
  }

  private void terminated(long child) {
    lasting.effects().add(new PartitionEffect.Forget(child));
    if (phase instanceof PartitionPhase.Open open) {
      open.epoch().terminated(child).ifPresent(why -> end(open.epoch(), why));
    }
  }

  private void end(PartitionEpoch epoch, String why) {
    lasting.report(epoch.number(), "epoch " + epoch.number() + " ends: " + why);
    var lost = epoch.end();
    if (phase instanceof PartitionPhase.Leaving) {
      leave(lost, epoch.number(), epoch.hasBegun());
    } else {
      phase = succession.startLater(new PartitionPhase.Legacy(lost, epoch.number(), false));
    }
  }

  /// Somebody else has the partition. To open it again from here would take it away from whom it
  /// was given to: it ends for good, and begins anew only where it is wanted.
  private void fenced(List<Lost> lost, long epoch) {
    lasting.report(epoch, "epoch " + epoch + " is over: somebody has opened a later one");
    lasting.effects().add(new PartitionEffect.Depart());
    goneWith(lost);
  }

  private void giveUp(PartitionMessage.GiveUp asked) {
    long epoch = asked.epoch();
    switch (phase) {
      case PartitionPhase.Open open when open.epoch().number() >= epoch -> {
        return;
      }
      case PartitionPhase.Between between when between.past().last() >= epoch -> {
        return;
      }
      case PartitionPhase.Open open -> fenced(open.epoch().end(), open.epoch().number());
      case PartitionPhase.Between between when mayServe(between) ->
          fenced(between.past().lost(), between.past().last());
      case PartitionPhase.Between _, PartitionPhase.Gone _ -> {}
    }
    lasting.effects().add(new PartitionEffect.Concede(asked.replyTo(), epoch));
  }

  /// Whether something of an epoch that is open already is readable, or might become so. What is
  /// asked for only now, or answered late, is not served before the store has noted it.
  private boolean mayServe(PartitionPhase.Between between) {
    return lasting.roots().newest() != null
        || !(between instanceof PartitionPhase.Waiting
            || between instanceof PartitionPhase.Opening);
  }

  // The end

  private void leave() {
    switch (phase) {
      case PartitionPhase.Between between ->
          leave(between.past().lost(), between.past().last(), false);
      case PartitionPhase.Serving(var epoch) -> {
        lasting.note(
            epoch.number(), "is to leave: takes no more writes in epoch " + epoch.number());
        phase = new PartitionPhase.Leaving(epoch);
      }
      case PartitionPhase.Leaving _, PartitionPhase.Gone _ -> {}
    }
  }

  private void finishLeaving() {
    if (phase instanceof PartitionPhase.Leaving(var epoch)
        && epoch.hasBegun()
        && lasting.orders().isEmpty()) {
      leave(epoch.end(), epoch.number(), true);
    }
  }

  /// @param served whether the epoch has answered readers. One that ended by itself may have, and
  ///   is not told from one that never did: whoever comes next waits once for nothing
  private void leave(List<Lost> lost, long epoch, boolean served) {
    goneWith(lost);
    tellEnd(epoch, "is handed over: closes epoch ");
    lasting.effects().add(new PartitionEffect.Close(epoch, served, succession.leaves(served)));
  }

  private void abandon() {
    switch (phase) {
      case PartitionPhase.Between between ->
          forsake(between.past().lost(), between.past().last(), false);
      case PartitionPhase.Open open ->
          forsake(open.epoch().end(), open.epoch().number(), open.epoch().hasBegun());
      case PartitionPhase.Gone() -> {}
    }
  }

  private void forsake(List<Lost> lost, long epoch, boolean served) {
    goneWith(lost);
    tellEnd(epoch, "steps down: gives up epoch ");
    lasting.effects().add(new PartitionEffect.Forsake(epoch, served, succession.leaves(served)));
  }

  /// If it has ever been open here.
  private void tellEnd(long epoch, String how) {
    if (epoch > 0) {
      lasting.note(epoch, how + epoch);
    }
  }

  /// Lets nobody read any more, and answers everybody, because nothing more will be done: what may
  /// be stored as unknown, the rest as not done.
  private void goneWith(List<Lost> lost) {
    phase = new PartitionPhase.Gone();
    // Before the epoch is closed: whoever opens the next need not wait for anybody then.
    lasting.roots().withdraw();
    lasting.orders().refuseAll(Lost.orders(lost));
    lasting.readers().denyAll();
    lasting.closings().refuseAll(MOVING);
  }

  private void onLife(PartitionMessage.Life life, long now) {
    switch (life) {
      case PartitionMessage.Start() -> phase = succession.begin(now);
      case PartitionMessage.Tick() -> tick(now);
      case PartitionMessage.Abandon() -> abandon();
      case PartitionMessage.Closed() -> lasting.effects().add(new PartitionEffect.Finish());
    }
  }

  private void tick(long now) {
    lasting.roots().trim(now);
    lasting.followers().forgetSilent(now);
    switch (phase) {
      case PartitionPhase.Between between -> {
        lasting.orders().refuseLate(Lost.orders(between.past().lost()), now);
        succession.tick(between);
      }
      case PartitionPhase.Open open ->
          open.epoch().tick(now).ifPresent(why -> end(open.epoch(), why));
      case PartitionPhase.Gone() -> {}
    }
  }
}
