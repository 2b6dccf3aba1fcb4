package dev.troupe.persistence.journal;

import com.typesafe.config.ConfigFactory;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.OpenEpochs;
import dev.troupe.runtime.store.StoreSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;
import org.apache.pekko.persistence.journal.JournalSpec$;
import org.scalatest.Args;
import org.scalatest.events.Event;
import org.scalatest.events.TestFailed;
import org.scalatest.events.TestSucceeded;
import scala.Option;

/// Pekko's tests of journals, with our journal on a store of ours. They are ScalaTest's; [#results]
/// runs them all and says what came out.
final class PekkoJournalSpec extends JavaJournalSpec {

  private static final long serialVersionUID = 1;

  private final transient ActorSystem system;

  PekkoJournalSpec(EventStore store) {
    super(ConfigFactory.load("journal-spec"));
    system =
        ActorSystem.create(
            "journal-spec",
            ActorSystemSetup.create(
                BootstrapSetup.create(config().withFallback(JournalSpec$.MODULE$.config())),
                new StoreSetup(store, new OpenEpochs())));
  }

  @Override
  public ActorSystem system() {
    return system;
  }

  /// What each test said: empty if it passed.
  Map<String, List<String>> results() {
    var results = new TreeMap<String, List<String>>();
    run(Option.empty(), args(event -> note(event, results)));
    return results;
  }

  private static void note(Event event, Map<String, List<String>> results) {
    switch (event) {
      case TestSucceeded passed -> results.put(passed.testName(), List.of());
      case TestFailed failed ->
          results.computeIfAbsent(failed.testName(), _ -> new ArrayList<>()).add(failed.message());
      default -> {}
    }
  }

  private static Args args(org.scalatest.Reporter reporter) {
    return Args.apply(
        reporter,
        Args.apply$default$2(),
        Args.apply$default$3(),
        Args.apply$default$4(),
        Args.apply$default$5(),
        Args.apply$default$6(),
        Args.apply$default$7(),
        Args.apply$default$8(),
        Args.apply$default$9(),
        Args.apply$default$10());
  }
}
