package dev.troupe.runtime.lease.logic;

import dev.troupe.runtime.lease.Cover;
import dev.troupe.runtime.lease.LeaseSettings;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import dev.troupe.runtime.lease.logic.Tickets.Guard;
import dev.troupe.runtime.lease.logic.Tickets.Ticket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Leases as one member has to do with them: it asks for its own, grants those of others, and
/// follows the [Roll].
///
/// What holds, whatever is lost, late or repeated, and however long anybody sleeps: as long as
/// [Cover] holds at a member, no other has been told that the guard of a partition that this one
/// has served is over.
///
/// - A lease lasts from when the round was asked that a majority granted, by whichever clock moved
///   further; waiting goes by the clock that never runs ahead.
/// - Whoever acts by a later roll grants nothing to those who act by an older one.
/// - A beat counts only if the store showed no later roll than the one that the member acts by.
/// - A former owner that is still in the roll is never past: it must say that it is gone, or be
///   struck.
/// - Who served without a note was alone, before this cluster was formed: nobody reads for longer
///   without the store than members may.
public final class LeaseLogic {

  /// After so long a change that has not come is asked for again.
  private static final Duration CHANGING_AT_MOST = Duration.ofSeconds(1);

  /// Timers are coarse, and one that comes too early is in vain.
  private static final Duration MORE = Duration.ofMillis(1);

  /// In bits: at five rounds a second, more than ten years.
  private static final int ROUNDS_OF_A_LIFE = 31;

  private final MemberId self;
  private final LeaseSettings settings;
  private final ActingRoll acting;
  private final Asking asking;
  private final Beats beats;
  private final Offsets offsets;
  private final Tickets tickets = new Tickets();
  private final Queue<LeaseEffect> effects = new ArrayDeque<>();

  private Set<MemberId> distrusted = Set.of();
  private @Nullable Set<MemberId> wanted;
  private @Nullable TwoClocks changing;
  private @Nullable Cover published;
  private boolean looking;
  private boolean concluding;
  private boolean stopped;

  public LeaseLogic(MemberId self, LeaseSettings settings) {
    this.self = self;
    this.settings = settings;
    this.acting = new ActingRoll(settings);
    this.asking = new Asking(settings, firstRound(self));
    this.beats = new Beats(settings);
    this.offsets = new Offsets(settings);
  }

  /// The number of a member's first round. A letter goes to an address: one that was meant for the
  /// member's former life there must not be taken for the answer to a round of this one. A life has
  /// fewer rounds than lie between two of these, and numbers of lives are random.
  static long firstRound(MemberId self) {
    return ((self.uid() & Integer.MAX_VALUE) << ROUNDS_OF_A_LIFE) + 1;
  }

  /// @return what is to be done, in this order; always the same queue, to be emptied
  public Queue<LeaseEffect> on(LeaseMessage message, TwoClocks now) {
    if (stopped) {
      return effects;
    }
    switch (message) {
      case LeaseMessage.Tick() -> tick(now);
      case LeaseMessage.Look() -> looking = false;
      case LeaseMessage.Received(var from, var letter) -> received(from, letter, now);
      case LeaseMessage.Beaten(var beat, var newest) -> beaten(beat, newest, now);
      case LeaseMessage.RollWritten(var newest) -> learn(newest, now);
      case LeaseMessage.Wanted(var roll, var members) -> wanted(roll, members);
      case LeaseMessage.Distrusted(var members) -> distrusted = Set.copyOf(members);
      case LeaseMessage.AwaitLease(var ticket) ->
          tickets.add(new Ticket(ticket, asking.next(), 0, new Guard.Nobody()));
      case LeaseMessage.AwaitGuard(var ticket, var owner) ->
          tickets.add(new Ticket(ticket, asking.next(), beats.next(), Guard.against(owner)));
      case LeaseMessage.Forget(var ticket) -> tickets.remove(ticket);
      case LeaseMessage.Conclude() -> concluding = true;
    }
    if (isInside()) {
      change(now);
      hurry(now);
      publish();
      settle(now);
    }
    return effects;
  }

  private boolean isInside() {
    return !stopped && acting.roll().includes(self);
  }

  // Asking

  private void tick(TwoClocks now) {
    if (isInside()) {
      ask(now);
    }
    if (beats.isDue(now)) {
      beat(0, now);
    }
  }

  private void ask(TwoClocks now) {
    long round = asking.begin(now);
    for (var member : acting.roll().members()) {
      if (!member.equals(self)) {
        send(member, new LeaseLetter.Ask(round, acting.number()));
      }
    }
    asking.granted(round, self, acting.roll());
    if (acting.roll().isEven() && beats.isRoom(now)) {
      beat(round, now);
    }
  }

  private void beat(long round, TwoClocks now) {
    effects.add(new LeaseEffect.Beat(beats.begin(round, now)));
  }

  /// Somebody waits for a round, or a beat, that has not begun: those that come while one is under
  /// way share the next.
  private void hurry(TwoClocks now) {
    if (!asking.isUnderWay(now) && tickets.isAny(ticket -> ticket.round() >= asking.next())) {
      ask(now);
    }
    if (!beats.isUnderWay(now) && tickets.isAny(ticket -> ticket.beat() >= beats.next())) {
      beat(0, now);
    }
  }

  private void beaten(long beat, Roll newest, TwoClocks now) {
    var asked = beats.answered(beat);
    if (asked != null && newest.number() < asked.heard()) {
      stop(
          ("its store shows roll %d, and other members acted by roll %d before: it is not the store"
                  + " that they use, give all members of a cluster the same database")
              .formatted(newest.number(), asked.heard()),
          true);
      return;
    }
    learn(newest, now);
    if (asked != null && isInside() && newest.number() == acting.number()) {
      asking.grantedByStore(asked.round(), acting.roll());
    }
  }

  private void granted(MemberId by, LeaseLetter.Granted letter, TwoClocks now) {
    var sent = asking.sent(letter.round());
    if (sent == null) {
      return;
    }
    offsets
        .note(by, sent, now, letter.wallMillis())
        .ifPresent(sentence -> effects.add(new LeaseEffect.Report(sentence)));
    if (offsets.isNear(by)) {
      asking.granted(letter.round(), by, acting.roll());
      if (letter.versionMillis() > now.versionMillis() + settings.offset().toMillis()) {
        effects.add(new LeaseEffect.Follow(letter.versionMillis()));
      }
    }
  }

  private void publish() {
    var asked = asking.wonAt();
    var beaten = beats.answeredAt();
    if (asked != null && beaten != null) {
      var cover = new Cover(asked, beaten, settings);
      if (!cover.equals(published)) {
        published = cover;
        effects.add(new LeaseEffect.Publish(cover));
      }
    }
  }

  // Granting

  private void received(MemberId from, LeaseLetter letter, TwoClocks now) {
    beats.hear(letter.roll());
    switch (letter) {
      case LeaseLetter.Ask ask -> send(from, answer(from, ask, now));
      case LeaseLetter.Granted granted -> granted(from, granted, now);
      case LeaseLetter.Denied _ -> {}
      case LeaseLetter.NewRoll(var newest) -> learn(newest, now);
    }
    acting.knows(from, letter.roll(), now);
    if (letter.roll() < acting.number()) {
      send(from, new LeaseLetter.NewRoll(acting.roll()));
    }
  }

  private LeaseLetter answer(MemberId from, LeaseLetter.Ask ask, TwoClocks now) {
    return isInside() && ask.roll() >= acting.number() && !distrusted.contains(from)
        ? new LeaseLetter.Granted(
            ask.round(), acting.number(), now.wallMillis(), now.versionMillis())
        : new LeaseLetter.Denied(ask.round(), acting.number());
  }

  private void send(MemberId to, LeaseLetter letter) {
    effects.add(new LeaseEffect.Send(to, letter));
  }

  // The roll

  private void learn(Roll newest, TwoClocks now) {
    if (stopped || newest.number() <= acting.number()) {
      return;
    }
    boolean wasInside = isInside();
    acting.act(newest, self, now);
    asking.forgetOpen();
    offsets.keep(newest.members());
    wanted = null;
    changing = null;
    if (isInside()) {
      tell(newest);
      effects.add(new LeaseEffect.Act(newest));
      ask(now);
    } else if (wasInside && concluding) {
      tell(newest);
      stopped = true;
      tickets.clear();
      effects.add(new LeaseEffect.Concluded());
    } else if (wasInside) {
      tell(newest);
      stop(
          "this member is not in roll " + newest.number() + " any more: others have taken over",
          false);
    }
  }

  /// Those who were in the roll before are told as well: it must end.
  private void tell(Roll newest) {
    var all = new HashSet<>(newest.members());
    all.addAll(newest.former());
    all.remove(self);
    all.stream().sorted().forEach(member -> send(member, new LeaseLetter.NewRoll(newest)));
  }

  private void stop(String why, boolean astray) {
    stopped = true;
    tickets.clear();
    effects.add(new LeaseEffect.Stop(why, astray));
  }

  private void wanted(long roll, Set<MemberId> members) {
    if (roll == acting.number() && !members.isEmpty()) {
      wanted = Set.copyOf(members);
    }
  }

  /// The roll after this one may come when the one before is over.
  private void change(TwoClocks now) {
    var members = concluding ? without() : wanted;
    if (members == null
        || members.equals(acting.roll().members())
        || !acting.isFormerOver(now)
        || (changing != null && !now.isPast(CHANGING_AT_MOST, changing))) {
      return;
    }
    changing = now;
    effects.add(new LeaseEffect.WriteRoll(acting.roll().next(members)));
  }

  /// The next roll of a member that goes. It leaves nobody only if it is alone in this one: others
  /// that are about to be struck may still be reading.
  private Set<MemberId> without() {
    var next = new HashSet<>(wanted == null ? acting.roll().members() : wanted);
    next.remove(self);
    return next.isEmpty() && acting.roll().members().size() > 1 ? Set.of(self) : next;
  }

  // Those who wait

  private void settle(TwoClocks now) {
    if (tickets.isEmpty() || published == null || !published.holds(now)) {
      return;
    }
    for (var ticket : tickets.take(ticket -> isReady(ticket, now))) {
      effects.add(new LeaseEffect.Ready(ticket.number()));
    }
    if (!looking) {
      tickets.all().stream()
          .map(ticket -> left(ticket.guards(), now))
          .flatMap(Stream::ofNullable)
          .filter(Duration::isPositive)
          .min(Comparator.naturalOrder())
          .ifPresent(this::lookAgain);
    }
  }

  private void lookAgain(Duration left) {
    looking = true;
    effects.add(new LeaseEffect.LookAgain(left.plus(MORE)));
  }

  private boolean isReady(Ticket ticket, TwoClocks now) {
    var left = left(ticket.guards(), now);
    return asking.won() >= ticket.round()
        && beats.answered() >= ticket.beat()
        && left != null
        && !left.isPositive();
  }

  /// How long it takes at least until nobody else may still read what is waited for; null if nobody
  /// knows.
  private @Nullable Duration left(Guard guard, TwoClocks now) {
    return switch (guard) {
      case Guard.Nobody() -> Duration.ZERO;
      case Guard.Former(var member) when member.equals(self) -> Duration.ZERO;
      case Guard.Former(var member) ->
          acting.roll().includes(member) ? null : acting.untilOthersAreOver(now);
      case Guard.Loner() -> acting.untilLonerIsOver(now);
    };
  }
}
