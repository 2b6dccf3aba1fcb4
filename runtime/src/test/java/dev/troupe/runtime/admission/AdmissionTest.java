package dev.troupe.runtime.admission;

import static dev.troupe.runtime.admission.Requests.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.resources.mutation.Mutation;
import dev.troupe.resources.mutation.MutationRequest;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.resources.mutation.decision.StandardMutator;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.admission.AdmissionStep.Stake;
import dev.troupe.runtime.admission.AdmissionStep.Verdict;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.resource.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// The chain itself: which step is asked when, and what is undone.
class AdmissionTest {

  private static final Refusal NO = Refusal.badRequest("no");

  private final MapResources resources = new MapResources();
  private final List<String> happened = new ArrayList<>();

  @Test
  void stepsAreAskedInTheirOrderThoseOfRequestsFirst() {
    var admission =
        chain(
            result("c", AdmissionTest::passed),
            request("a", true),
            result("d", AdmissionTest::passed),
            request("b", true));

    write(admission, Requests.create(configMap("one"), "v1", configMap("one", "1")));

    assertThat(happened).containsExactly("a", "b", "c", "d", "undo? d CREATED", "undo? c CREATED");
  }

  @Test
  void whoeverIsNotConcernedIsNotAsked() {
    var admission = chain(request("a", false));
    var request = Requests.create(configMap("one"), "v1", configMap("one", "1"));

    write(admission, request);

    assertThat(happened).isEmpty();
    assertThat(resources.written).containsExactly(request);
  }

  @Test
  void laterRefusalUndoesWhatEarlierStepsHaveDoneLastFirst() {
    var admission =
        chain(
            result("a", AdmissionTest::passed),
            result("b", AdmissionTest::passed),
            result("c", (_, _) -> new Verdict.Refused(NO)),
            result("d", AdmissionTest::passed));

    var reply = write(admission, Requests.create(configMap("one"), "v1", configMap("one", "1")));

    assertThat(reply).isEqualTo(new WriteReply.Refused(NO));
    assertThat(happened).containsExactly("a", "b", "c", "undo? b 400", "undo? a 400");
    assertThat(resources.written).isEmpty();
  }

  @Test
  void stepThatFailsUndoesWhatEarlierStepsHaveDone() {
    var admission =
        chain(
            result("a", AdmissionTest::passed),
            step(foreseen -> CompletableFuture.failedFuture(new UnavailableException("away"))));

    assertThatThrownBy(
            () -> write(admission, Requests.create(configMap("one"), "v1", configMap("one", "1"))))
        .hasRootCauseInstanceOf(UnavailableException.class);
    assertThat(happened).containsExactly("a", "undo? a 503");
  }

  @Test
  void refusalOfTheWriteIsUndoneAndAnUnknownOutcomeIsNot() {
    var admission = chain(result("a", AdmissionTest::passed));

    resources.refusing.put(Requests.CONFIG_MAPS, Refusal.noRoom("full"));
    write(admission, Requests.create(configMap("one"), "v1", configMap("one", "1")));
    assertThat(happened).containsExactly("a", "undo? a 507");

    happened.clear();
    resources.losing.put(Requests.CONFIG_MAPS, Refusal.timeout("who knows"));
    write(admission, Requests.create(configMap("one"), "v1", configMap("one", "1")));
    assertThat(happened).containsExactly("a");
    assertThat(resources.find(configMap("one"))).isPresent();
  }

  @Test
  void failureToUndoIsNobodysBusiness() {
    Stake failing = _ -> CompletableFuture.failedFuture(new UnavailableException("away"));
    var admission =
        chain(
            result("a", AdmissionTest::passed), result("b", (_, _) -> new Verdict.Passed(failing)));

    var reply = write(admission, Requests.create(configMap("one"), "v1", configMap("one", "1")));

    assertThat(reply).isInstanceOf(WriteReply.Written.class);
    assertThat(happened).containsExactly("a", "b", "undo? a CREATED");
  }

  @Test
  void whatComesToNothingIsLeftToTheResource() {
    var admission = chain(result("a", AdmissionTest::passed));

    var missing = Requests.delete(configMap("missing"), "v1");
    assertThat(write(admission, missing)).isInstanceOf(WriteReply.Refused.class);

    assertThat(happened).isEmpty();
    assertThat(resources.written).containsExactly(missing);
  }

  @Test
  void whatAStepPassesIsSentAsItIs() {
    store("one", "1");
    var patch = Requests.patch(configMap("one"), "v1", "{'data':{'value':'2'}}");

    write(chain(result("a", AdmissionTest::passed)), patch);

    assertThat(resources.written).containsExactly(patch);
  }

  @Test
  void whatAStepChangesIsStoredIfNothingHasChangedMeanwhile() {
    store("one", "1");
    var rivals = new ArrayList<>(List.of("rival", "other-rival"));
    resources.meanwhile =
        _ -> {
          if (!rivals.isEmpty()) {
            resources.decide(
                Requests.patch(
                    configMap("one"),
                    "v1",
                    "{'data':{'" + rivals.removeFirst() + "':'was here'}}"));
          }
        };

    var reply =
        write(
            chain(result("a", AdmissionTest::exactly)),
            Requests.patch(configMap("one"), "v1", "{'data':{'value':'2'}}"));

    assertThat(reply).isInstanceOf(WriteReply.Written.class);
    assertThat(happened)
        .containsExactly("a", "undo? a 409", "a", "undo? a 409", "a", "undo? a CHANGED");
    assertThat(data("one").toString())
        .isEqualTo(
            Requests.json("{'value':'2','rival':'was here','other-rival':'was here','step':'a'}")
                .toString());
  }

  @Test
  void whoeverIsAlwaysOutrunIsToldSo() {
    store("one", "1");
    resources.meanwhile =
        _ ->
            resources.decide(
                Requests.patch(
                    configMap("one"),
                    "v1",
                    "{'data':{'rival':'" + resources.written.size() + "'}}"));

    var reply =
        write(
            chain(result("a", AdmissionTest::exactly)),
            Requests.patch(configMap("one"), "v1", "{'data':{'value':'2'}}"));

    assertThat(resources.written).hasSize(Foresight.TRIES);
    assertThat(reply)
        .isInstanceOfSatisfying(
            WriteReply.Refused.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo(409));
  }

  @Test
  void mergeThatIsOutrunByACreationBecomesAChange() {
    resources.meanwhile =
        request -> {
          if (resources.written.size() == 1) {
            store("one", "rival");
          }
        };

    var reply =
        write(
            chain(result("a", AdmissionTest::exactly)),
            Requests.merge(configMap("one"), "v1", configMap("one", "2")));

    assertThat(happened).containsExactly("a", "undo? a 409", "a", "undo? a CHANGED");
    assertThat(reply).isInstanceOf(WriteReply.Written.class);
  }

  @Test
  void creationThatIsOutrunIsRefused() {
    resources.meanwhile = _ -> store("one", "rival");

    var reply =
        write(
            chain(result("a", AdmissionTest::exactly)),
            Requests.create(configMap("one"), "v1", configMap("one", "2")));

    assertThat(happened).containsExactly("a", "undo? a 409");
    assertThat(reply).isEqualTo(new WriteReply.Refused(Refusal.alreadyExists(configMap("one"))));
  }

  @Test
  void exactDeletionIsOfTheVersionThatWasSeen() {
    store("one", "1");

    write(chain(result("a", AdmissionTest::exactly)), Requests.delete(configMap("one"), "v1"));

    assertThat(resources.written.getFirst().mutation().mutation())
        .isInstanceOfSatisfying(
            Mutation.Delete.class,
            delete -> assertThat(delete.options().preconditionResourceVersion()).isNotNull());
    assertThat(happened).containsExactly("a", "undo? a removed");
    assertThat(resources.find(configMap("one"))).isEmpty();
  }

  private Admission chain(AdmissionStep... steps) {
    return new Admission(
        resources, ResourceRegistry.standard(), StandardMutator.standard(), List.of(steps));
  }

  private AdmissionStep request(String name, boolean concerned) {
    return new AdmissionStep.OfRequest() {
      @Override
      public boolean concerns(MutationRequest request) {
        return concerned;
      }

      @Override
      public CompletionStage<Asked> admit(WriteRequest request) {
        happened.add(name);
        return CompletableFuture.completedFuture(new Asked.Passed(request));
      }
    };
  }

  /// @param verdict what its undoing is told to
  private AdmissionStep result(String name, BiFunction<Foreseen, Stake, Verdict> verdict) {
    return step(foreseen -> {
      happened.add(name);
      return CompletableFuture.completedFuture(verdict.apply(foreseen, undo(name)));
    });
  }

  private static AdmissionStep step(Function<Foreseen, CompletionStage<Verdict>> verdict) {
    return new AdmissionStep.OfResult() {
      @Override
      public boolean concerns(MutationRequest request) {
        return true;
      }

      @Override
      public CompletionStage<Verdict> admit(Foreseen foreseen) {
        return verdict.apply(foreseen);
      }
    };
  }

  private static Verdict passed(Foreseen foreseen, Stake stake) {
    return new Verdict.Passed(stake);
  }

  private static Verdict exactly(Foreseen foreseen, Stake stake) {
    foreseen.object().withObjectProperty("data").put("step", "a");
    return new Verdict.Exactly(foreseen.object(), stake);
  }

  private Stake undo(String name) {
    return reply -> {
      happened.add(
          "undo? "
              + name
              + switch (reply) {
                case WriteReply.Written written -> " " + written.outcome();
                case WriteReply.Removed _ -> " removed";
                case WriteReply.Refused(var refusal) -> " " + refusal.code();
              });
      return CompletableFuture.completedStage(null);
    };
  }

  private void store(String name, String value) {
    resources.decide(Requests.create(configMap(name), "v1", configMap(name, value)));
  }

  private ObjectNode data(String name) {
    return (ObjectNode)
        Requests.json(resources.find(configMap(name)).orElseThrow().json()).path("data");
  }

  private static WriteReply write(Admission admission, WriteRequest request) {
    return admission.write(request).toCompletableFuture().join();
  }
}
