package dev.troupe.runtime.liveness.logic;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
import dev.troupe.runtime.liveness.logic.Votes.Accusation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What one member thinks of the others, and what follows. It decides who should be in the next
/// roll; that nobody reads what others have taken over does not depend on it: a mistake costs
/// availability.
///
/// - Whose port refuses, after a probe was connected to it, is voted down at once; whoever has
///   answered nothing for a while, too. Both votes are withdrawn when it is heard again.
/// - Where two do not hear each other and this member hears both, it votes down one of them.
/// - Whom a majority votes down is struck from the roll, and then removed from the cluster.
/// - Whom the cluster has removed, for whatever reason, is struck from the roll.
/// - Whoever comes and cannot be reached by all who are there is not written down, and after a
///   while sent away: he may be the one that has just been struck, and is still cut off from
///   somebody.
/// - Whoever has slept has heard nobody, and accuses nobody of it.
public final class LivenessLogic {

  /// Who is late by so much has slept.
  private static final Duration SLEPT = Duration.ofSeconds(1);

  /// For so long one has to accuse another before those who hear both take a side.
  private static final Duration QUARREL = Duration.ofSeconds(2);

  /// Whoever has come and could not be reached for so long is objected to.
  private static final Duration OBJECTION = Duration.ofSeconds(1);

  /// Whoever comes so soon after somebody was struck who was out of reach is written down only when
  /// there was time for objections.
  private static final Duration WARY = Duration.ofMinutes(1);

  private final MemberId self;
  private final Duration silence;
  private final Votes votes = new Votes();
  private final Set<MemberId> connected = new HashSet<>();
  private final Set<MemberId> refused = new HashSet<>();
  private final Map<MemberId, TwoClocks> heard = new HashMap<>();
  private final Departed struck = new Departed();
  private final Departed gone = new Departed();
  private final Map<MemberId, TwoClocks> coming = new HashMap<>();
  private final Set<MemberId> sentAway = new HashSet<>();
  private final Queue<LivenessEffect> effects = new ArrayDeque<>();

  private Roll roll = Roll.NONE;
  private Set<MemberId> members = Set.of();
  private Set<MemberId> distrusted = Set.of();
  private Set<MemberId> wanted = Set.of();
  private Set<MemberId> losers = Set.of();
  private @Nullable TwoClocks ticked;
  private @Nullable TwoClocks struckAt;

  /// @param silence after which a member that answers nothing is voted down
  public LivenessLogic(MemberId self, Duration silence) {
    this.self = self;
    this.silence = silence;
  }

  /// @return what is to be done, in this order; always the same queue, to be emptied
  public Queue<LivenessEffect> on(LivenessMessage message, TwoClocks now) {
    if (message instanceof LivenessMessage.Heard(var member)) {
      // By far the most frequent, and it changes nothing before the next tick.
      heard.put(member, now);
      return effects;
    }
    switch (message) {
      case LivenessMessage.Tick() -> tick(now);
      case LivenessMessage.Connected(var member) -> connected(member);
      case LivenessMessage.Refused(var member) -> refused(member);
      case LivenessMessage.Heard _ -> {}
      case LivenessMessage.Voted(var by, var victim, var why) -> votes.note(by, victim, why, now);
      case LivenessMessage.Membership(var all) -> membership(all, now);
      case LivenessMessage.Acting(var next) -> acting(next, now);
    }
    if (roll.includes(self)) {
      distrust(now);
      want(now);
    }
    return effects;
  }

  private void tick(TwoClocks now) {
    if (ticked == null || now.isPast(SLEPT, ticked)) {
      heard.replaceAll((_, _) -> now);
    }
    ticked = now;
    votes.forgetOld(now);
    losers = losers(now);
    roll.members().stream().sorted().forEach(member -> vote(member, now));
    coming.keySet().stream().sorted().forEach(member -> meet(member, now));
  }

  private Set<MemberId> losers(TwoClocks now) {
    var accusations = votes.standing(QUARREL, roll, now);
    roll.members().stream()
        .filter(member -> isSilent(member, now))
        .forEach(member -> accusations.add(new Accusation(self, member)));
    return new Quarrels(accusations)
        .losers(member -> !member.equals(self) && !isVotedDown(member, now));
  }

  /// What becomes of one that has come and is not written down yet.
  private void meet(MemberId member, TwoClocks now) {
    if (!connected.contains(member) && now.isPast(OBJECTION, came(member, now))) {
      effects.add(new LivenessEffect.Vote(member, LivenessEffect.Why.SILENT));
    }
    if (isFirst() && votes.isAccusedFor(silence, member, roll, now) && sentAway.add(member)) {
      effects.add(new LivenessEffect.Remove(member));
    }
  }

  private TwoClocks came(MemberId member, TwoClocks now) {
    return coming.getOrDefault(member, now);
  }

  private void vote(MemberId member, TwoClocks now) {
    if (isSilent(member, now) || losers.contains(member)) {
      effects.add(new LivenessEffect.Vote(member, LivenessEffect.Why.SILENT));
    } else if (refused.contains(member)) {
      effects.add(new LivenessEffect.Vote(member, LivenessEffect.Why.REFUSED));
    }
  }

  private boolean isSilent(MemberId member, TwoClocks now) {
    var last = heard.get(member);
    return last != null && !member.equals(self) && now.isPast(silence, last);
  }

  private boolean isVotedDown(MemberId member, TwoClocks now) {
    return refused.contains(member) || isSilent(member, now);
  }

  private void connected(MemberId member) {
    connected.add(member);
    refused.remove(member);
  }

  private void refused(MemberId member) {
    if (connected.remove(member) && roll.includes(member) && refused.add(member)) {
      effects.add(new LivenessEffect.Vote(member, LivenessEffect.Why.REFUSED));
    }
  }

  private void membership(Set<MemberId> all, TwoClocks now) {
    members.stream().filter(member -> !all.contains(member)).forEach(this::leave);
    members = Set.copyOf(all);
    removeStruck();
    comes(now);
  }

  private void comes(TwoClocks now) {
    coming.keySet().removeIf(member -> !members.contains(member) || roll.includes(member));
    members.stream()
        .filter(member -> !roll.includes(member) && !member.equals(self))
        .filter(member -> !struck.contains(member))
        .forEach(member -> coming.putIfAbsent(member, now));
    sentAway.retainAll(coming.keySet());
  }

  private void leave(MemberId member) {
    gone.add(member);
    if (!roll.includes(member)) {
      connected.remove(member);
    }
  }

  private void acting(Roll next, TwoClocks now) {
    if (roll.members().stream()
        .anyMatch(member -> isCutOff(member, now) && !next.includes(member))) {
      struckAt = now;
    }
    roll.members().forEach(struck::add);
    next.former().forEach(struck::add);
    struck.remove(next.members());
    roll = next;
    wanted = next.members();
    connected.removeIf(struck::contains);
    refused.retainAll(next.members());
    heard.keySet().retainAll(next.members());
    next.members().forEach(member -> heard.putIfAbsent(member, now));
    removeStruck();
    comes(now);
  }

  /// Whether it may be there and out of somebody's reach: whose port refuses is not.
  private boolean isCutOff(MemberId member, TwoClocks now) {
    return !refused.contains(member) && (isSilent(member, now) || losers.contains(member));
  }

  private void removeStruck() {
    members.stream()
        .filter(struck::contains)
        .sorted()
        .forEach(member -> effects.add(new LivenessEffect.Remove(member)));
  }

  private void distrust(TwoClocks now) {
    var next = new HashSet<MemberId>();
    roll.members().stream()
        .filter(member -> gone.contains(member) || isVotedDown(member, now))
        .forEach(next::add);
    if (!next.equals(distrusted)) {
      distrusted = Set.copyOf(next);
      effects.add(new LivenessEffect.Distrust(distrusted));
    }
  }

  private void want(TwoClocks now) {
    var next = new HashSet<>(roll.members());
    next.removeIf(member -> isOut(member, now));
    if (isFirst()) {
      members.stream().filter(member -> isComing(member, now)).forEach(next::add);
    }
    if (!next.equals(wanted)) {
      wanted = Set.copyOf(next);
      effects.add(new LivenessEffect.Want(roll.number(), wanted));
    }
  }

  private boolean isOut(MemberId member, TwoClocks now) {
    if (member.equals(self)) {
      return false;
    }
    boolean own = isVotedDown(member, now) || losers.contains(member);
    int count = votes.count(member, roll, own);
    return gone.contains(member) || isUnknown(member, now) || Votes.isEnough(count, roll);
  }

  /// The cluster may have removed it before this member joined.
  private boolean isUnknown(MemberId member, TwoClocks now) {
    return members.contains(self) && !members.contains(member) && isSilent(member, now);
  }

  /// Whoever is written down counts when majorities are counted: so it must live.
  private boolean isComing(MemberId member, TwoClocks now) {
    return !roll.includes(member)
        && connected.contains(member)
        && !gone.contains(member)
        && !struck.contains(member)
        && isWelcome(member, now);
  }

  private boolean isWelcome(MemberId member, TwoClocks now) {
    boolean isTimeOver = now.isPast(OBJECTION.plus(Votes.LASTING), came(member, now));
    boolean isWary = struckAt != null && !now.isPast(WARY, struckAt);
    return (!isWary || isTimeOver) && votes.count(member, roll, false) == 0;
  }

  /// One is enough to write down who comes: the first of those that seem to live.
  private boolean isFirst() {
    var living = new TreeSet<>(roll.members());
    living.removeAll(distrusted);
    return !living.isEmpty() && living.first().equals(self);
  }
}
