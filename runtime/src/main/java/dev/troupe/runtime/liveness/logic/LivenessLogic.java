package dev.troupe.runtime.liveness.logic;

import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.lease.Roll;
import dev.troupe.runtime.lease.TwoClocks;
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
/// - Whom a majority votes down is struck from the roll, and then removed from the cluster.
/// - Whom the cluster has removed, for whatever reason, is struck from the roll.
/// - Whoever has slept has heard nobody, and accuses nobody of it.
public final class LivenessLogic {

  /// Who is late by so much has slept.
  private static final Duration SLEPT = Duration.ofSeconds(1);

  private final MemberId self;
  private final Duration silence;
  private final Votes votes = new Votes();
  private final Set<MemberId> connected = new HashSet<>();
  private final Set<MemberId> refused = new HashSet<>();
  private final Map<MemberId, TwoClocks> heard = new HashMap<>();
  private final Departed struck = new Departed();
  private final Departed gone = new Departed();
  private final Queue<LivenessEffect> effects = new ArrayDeque<>();

  private Roll roll = Roll.NONE;
  private Set<MemberId> members = Set.of();
  private Set<MemberId> distrusted = Set.of();
  private Set<MemberId> wanted = Set.of();
  private @Nullable TwoClocks ticked;

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
      case LivenessMessage.Voted(var by, var victim) -> votes.note(by, victim, now);
      case LivenessMessage.Membership(var all) -> membership(all);
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
    roll.members().stream().sorted().forEach(member -> vote(member, now));
  }

  private void vote(MemberId member, TwoClocks now) {
    if (refused.contains(member)) {
      effects.add(new LivenessEffect.Vote(member, LivenessEffect.Why.REFUSED));
    } else if (isSilent(member, now)) {
      effects.add(new LivenessEffect.Vote(member, LivenessEffect.Why.SILENT));
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

  private void membership(Set<MemberId> all) {
    members.stream().filter(member -> !all.contains(member)).forEach(this::leave);
    members = Set.copyOf(all);
    removeStruck();
  }

  private void leave(MemberId member) {
    gone.add(member);
    if (!roll.includes(member)) {
      connected.remove(member);
    }
  }

  private void acting(Roll next, TwoClocks now) {
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
      members.stream().filter(this::isComing).forEach(next::add);
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
    int count = votes.count(member, roll, isVotedDown(member, now));
    return gone.contains(member) || isUnknown(member, now) || Votes.isEnough(count, roll);
  }

  /// The cluster may have removed it before this member joined.
  private boolean isUnknown(MemberId member, TwoClocks now) {
    return members.contains(self) && !members.contains(member) && isSilent(member, now);
  }

  /// Whoever is written down counts when majorities are counted: so it must live.
  private boolean isComing(MemberId member) {
    return !roll.includes(member)
        && connected.contains(member)
        && !gone.contains(member)
        && !struck.contains(member);
  }

  /// One is enough to write down who comes: the first of those that seem to live.
  private boolean isFirst() {
    var living = new TreeSet<>(roll.members());
    living.removeAll(distrusted);
    return !living.isEmpty() && living.first().equals(self);
  }
}
