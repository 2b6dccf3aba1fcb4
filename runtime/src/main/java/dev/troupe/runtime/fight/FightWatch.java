package dev.troupe.runtime.fight;

import dev.troupe.api.controller.Plan;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.controller.plan.EventWriter;
import dev.troupe.runtime.controller.plan.Stamp;
import dev.troupe.runtime.controller.plan.Subject;
import dev.troupe.runtime.journal.Journal;
import dev.troupe.runtime.journal.ObjectHistory;
import dev.troupe.runtime.journal.TypeShapes;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore.Most;
import dev.troupe.runtime.store.WriteCause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees every write of a member's partitions, and tells of fights by an Event of Kubernetes about
/// the object. What is seen costs a look into a table; one object at a time is read from the log,
/// and whoever comes meanwhile comes again as long as he goes on. Safe for any number of threads.
public final class FightWatch implements BiConsumer<EventRecord, StoredResource> {

  private static final Logger LOG = LoggerFactory.getLogger(FightWatch.class);
  private static final String NAME = "troupe";
  private static final String REASON = "FieldFight";

  /// How many objects are under observation, and of how many it is known that they were told of.
  private static final int OBJECTS = 4_096;

  private static final int TOLD = 256;

  private static final int CHANGES = 24;
  private static final Most BACK = new Most(CHANGES + 1, 4L << 20);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Journal journal;
  private final ResourceRegistry registry;
  private final Resources resources;
  private final InstantSource time;
  private final Executor threads;
  private final Alternations alternations = new Alternations(OBJECTS);
  private final AtomicBoolean looking = new AtomicBoolean();

  /// By what was said: used by whoever looks alone.
  private final Map<String, Told> told = new LinkedHashMap<>();

  private record Told(Instant first, int count) {}

  /// @param threads where histories are read and taken apart
  public FightWatch(
      Journal journal,
      ResourceRegistry registry,
      Resources resources,
      InstantSource time,
      Executor threads) {
    this.journal = journal;
    this.registry = registry;
    this.resources = resources;
    this.time = time;
    this.threads = threads;
  }

  /// A write was stored. Events are about others, and nobody fights for them.
  @Override
  public void accept(EventRecord event, StoredResource resource) {
    if (event.type() != EventRecord.Type.UPDATED || event.key().type().plural().equals("events")) {
      return;
    }
    var writer = new Fight.Side(event.cause(), null).name();
    if (alternations.note(event.key(), writer, event.timeMillis())) {
      look(resource);
    }
  }

  private void look(StoredResource resource) {
    var type = registry.find(resource.key().type());
    if (type.isEmpty() || !looking.compareAndSet(false, true)) {
      return;
    }
    journal
        .history(resource.key(), BACK)
        .thenApplyAsync(events -> fights(events, type.get()), threads)
        .thenCompose(fights -> tell(fights, resource))
        .whenComplete((_, failure) -> {
          looking.set(false);
          if (failure != null) {
            LOG.debug("no fight could be looked for at {}", resource.key(), failure);
          }
        });
  }

  private static List<Fight> fights(List<EventRecord> events, ResourceType type) {
    return Fights.in(ObjectHistory.of(events, CHANGES, TypeShapes.of(type)));
  }

  private CompletionStage<?> tell(List<Fight> fights, StoredResource resource) {
    var all = fights.stream().map(fight -> tell(fight, resource).toCompletableFuture());
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  private CompletionStage<?> tell(Fight fight, StoredResource resource) {
    var now = time.instant();
    var subject = Subject.of(resource);
    var note = new Plan.Note(true, REASON, words(fight), null);
    var digest = EventWriter.digest(note, subject, NAME);
    var before = told.remove(digest);
    var next =
        new Told(before == null ? now : before.first(), before == null ? 1 : before.count() + 1);
    told.put(digest, next);
    if (told.size() > TOLD) {
      told.remove(told.keySet().iterator().next());
    }
    if (before == null) {
      LOG.warn("{}: {}", name(resource.key()), note.message());
    }
    var stamp =
        new Stamp(
            "fight/" + resource.uid() + "/" + now.toEpochMilli(),
            WriteCause.platform("fights", "two writers set a field back and forth"),
            NAME,
            now);
    var write = EventWriter.write(note, digest, next.count(), next.first(), subject, NAME, stamp);
    return resources.write(write.request(now, null, 0, PATIENCE));
  }

  private static String name(ResourceKey key) {
    return key.type() + " " + (key.namespace().isEmpty() ? "" : key.namespace() + "/") + key.name();
  }

  /// The same as long as the fight is the same, so that it is counted as one; whoever was last is a
  /// matter of chance. Without the values, which not everybody may read who may read Events.
  private static String words(Fight fight) {
    boolean inOrder = fight.last().name().compareTo(fight.other().name()) < 0;
    var one = (inOrder ? fight.last() : fight.other()).name();
    var other = (inOrder ? fight.other() : fight.last()).name();
    return "%s is set back and forth by %s and %s".formatted(fight.path(), one, other);
  }
}
