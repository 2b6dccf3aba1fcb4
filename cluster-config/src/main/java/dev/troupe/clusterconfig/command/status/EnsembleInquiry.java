package dev.troupe.clusterconfig.command.status;

import dev.troupe.clusterconfig.command.client.AdminClient;
import dev.troupe.clusterconfig.command.client.AskedMember;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.Seat;
import dev.troupe.clusterconfig.instance.Instance;
import dev.troupe.clusterconfig.instance.ProcessState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks all members of a machine at once how they are. Whoever hangs keeps nobody from answering.
public final class EnsembleInquiry implements AutoCloseable {

  /// For others no longer is waited, if somebody has answered.
  private static final Duration PATIENCE = Duration.ofMillis(1_100);

  /// Whoever asks on a machine that has much to do is slow himself: if nobody has answered,
  /// somebody is waited for for this long.
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final DataDirectory data;
  private final Ensemble ensemble;
  private final Optional<AdminClient> client;

  /// What those have answered who are still to answer more.
  private final Map<Instance, AskedMember> meanwhile = new ConcurrentHashMap<>();

  public EnsembleInquiry(DataDirectory data, Ensemble ensemble) {
    this.data = data;
    this.ensemble = ensemble;
    this.client = AdminClient.of(data, ensemble.seats().getFirst().server(), LONGEST);
  }

  /// Returns when all have answered, or some and the others take too long.
  public EnsembleAnswers ask() {
    var questions = begin();
    if (!hasCome(all(questions), PATIENCE)) {
      hasCome(firstToTell(questions), LONGEST.minus(PATIENCE));
    }
    return answers(questions);
  }

  /// Returns when all have answered, or it is time: whoever has not answered then does not answer.
  public EnsembleAnswers ask(Instant until) {
    var questions = begin();
    hasCome(all(questions), Duration.between(Instant.now(), until));
    return answers(questions);
  }

  private List<CompletableFuture<EnsembleAnswers.SeatState>> begin() {
    meanwhile.clear();
    return ensemble.seats().stream()
        .map(seat -> CompletableFuture.supplyAsync(() -> ask(seat), Thread::startVirtualThread))
        .toList();
  }

  private static CompletableFuture<Void> all(
      List<CompletableFuture<EnsembleAnswers.SeatState>> questions) {
    return CompletableFuture.allOf(questions.toArray(new CompletableFuture<?>[0]));
  }

  private EnsembleAnswers answers(List<CompletableFuture<EnsembleAnswers.SeatState>> questions) {
    var answers = new ArrayList<EnsembleAnswers.SeatState>();
    for (int i = 0; i < questions.size(); i++) {
      var seat = ensemble.seats().get(i);
      answers.add(questions.get(i).isDone() ? questions.get(i).join() : silent(seat));
    }
    return new EnsembleAnswers(answers);
  }

  private static CompletableFuture<EnsembleAnswers.SeatState> firstToTell(
      List<CompletableFuture<EnsembleAnswers.SeatState>> questions) {
    var first = new CompletableFuture<EnsembleAnswers.SeatState>();
    for (var question : questions) {
      var _ =
          question.thenAccept(state -> {
            if (state.tells()) {
              first.complete(state);
            }
          });
    }
    return first;
  }

  private static boolean hasCome(CompletableFuture<?> stage, Duration patience) {
    try {
      stage.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while members are asked");
    }
  }

  private EnsembleAnswers.SeatState silent(Seat seat) {
    return new EnsembleAnswers.SeatState(
        seat,
        data.ensemble()
            .running(seat)
            .map(instance ->
                meanwhile.getOrDefault(
                    instance, new AskedMember(instance, true, Optional.empty(), null))));
  }

  private EnsembleAnswers.SeatState ask(Seat seat) {
    return new EnsembleAnswers.SeatState(seat, data.ensemble().running(seat).map(this::ask));
  }

  private AskedMember ask(Instance instance) {
    if (instance.state() == ProcessState.FROZEN) {
      return AskedMember.unasked(instance);
    }
    var found = instance.server().flatMap(server -> client.map(known -> known.at(server)));
    return AskedMember.askInTurn(instance, found, known -> meanwhile.put(instance, known));
  }

  @Override
  public void close() {
    client.ifPresent(AdminClient::close);
  }
}
