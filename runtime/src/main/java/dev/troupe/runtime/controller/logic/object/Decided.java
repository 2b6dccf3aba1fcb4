package dev.troupe.runtime.controller.logic.object;

import dev.troupe.api.controller.Plan;
import dev.troupe.runtime.controller.logic.state.Decisions;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.Profile;
import dev.troupe.runtime.controller.plan.EventWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a round's plan comes to.
///
/// @param writes those that change something
/// @param sayings what is said now, and not only counted
/// @param next what is remembered
record Decided(
    Round round,
    List<Plan.Write> writes,
    List<Saying> sayings,
    boolean releases,
    ObjectState next) {

  /// A note with how often, and when, the same was said.
  record Saying(Plan.Note note, String digest, ObjectState.Said count) {}

  /// @param before what is remembered, without the timer that has fired
  ///
  /// @throws IllegalArgumentException if the plan makes no sense; the message says why, and what to
  ///   do
  static Decided of(
      Round round, ObjectMessage.Planned answer, ObjectState before, Profile profile, long now) {
    var subject = round.subject();
    var plan = profile.writer().complete(answer.plan(), subject);
    var writes = profile.writer().changing(plan, subject, round.sight(), Instant.ofEpochMilli(now));
    var next =
        Decisions.next(
            before,
            subject,
            round.sight(),
            plan,
            writes,
            answer.memory(),
            round.causes(),
            profile.keepsResults(),
            now);
    var sayings = sayings(round, plan, before, next, profile);
    return new Decided(round, writes, sayings, plan.releases(), next);
  }

  private static List<Saying> sayings(
      Round round, Plan plan, ObjectState before, ObjectState next, Profile profile) {
    var sayings = new ArrayList<Saying>();
    for (var note : plan.events()) {
      var digest = EventWriter.digest(note, round.subject(), profile.controller());
      var count = next.said().get(digest);
      if (count != null && !count.equals(before.said().get(digest))) {
        sayings.add(new Saying(note, digest, count));
      }
    }
    return sayings;
  }
}
