package dev.troupe.runtime.gateway.report;

import dev.troupe.runtime.gateway.message.GatewayMessage.OfOverviews;
import dev.troupe.runtime.gateway.message.GatewayMessage.OverviewAsked;
import dev.troupe.runtime.gateway.message.GatewayMessage.OverviewTold;
import dev.troupe.runtime.lease.MemberId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Asks the other members what they hold, and tells them what this one does. Used by any thread.
public final class Reports {

  /// Longer nobody waits for a member that does not answer: who asks for all of them has two
  /// seconds in all.
  private static final Duration PATIENCE = Duration.ofMillis(400);

  /// The members that are worked with.
  public interface Others {

    Set<MemberId> all();

    void send(MemberId member, OfOverviews message);
  }

  /// Where nobody is worked with.
  private static final class Nobody implements Others {

    @Override
    public Set<MemberId> all() {
      return Set.of();
    }

    @Override
    public void send(MemberId member, OfOverviews message) {}
  }

  /// One look at all of them.
  private record Survey(
      Set<MemberId> asked, Map<MemberId, OverviewTold> told, CompletableFuture<Void> complete) {

    private void told(MemberId from, OverviewTold answer) {
      if (asked.contains(from)) {
        told.put(from, answer);
        if (told.size() == asked.size()) {
          complete.complete(null);
        }
      }
    }
  }

  private final Supplier<OverviewTold> own;
  private final Set<Survey> surveys = ConcurrentHashMap.newKeySet();
  private volatile Others others = new Nobody();

  /// @param own what this member holds
  public Reports(Supplier<OverviewTold> own) {
    this.own = own;
  }

  /// Whom it asks from now on.
  public void connect(Others members) {
    others = members;
  }

  /// What the others hold, as far as they answer soon.
  public CompletionStage<List<OverviewTold>> ofOthers() {
    var asked = others.all();
    if (asked.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    var survey = new Survey(asked, new ConcurrentHashMap<>(), new CompletableFuture<>());
    surveys.add(survey);
    asked.forEach(member -> others.send(member, new OverviewAsked()));
    return survey
        .complete
        .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(_ -> {
          surveys.remove(survey);
          return List.copyOf(survey.told.values());
        });
  }

  /// Tells those who ask, and takes note of what is told.
  public void on(MemberId from, OfOverviews message) {
    switch (message) {
      case OverviewAsked() -> others.send(from, own.get());
      case OverviewTold told -> surveys.forEach(survey -> survey.told(from, told));
    }
  }
}
