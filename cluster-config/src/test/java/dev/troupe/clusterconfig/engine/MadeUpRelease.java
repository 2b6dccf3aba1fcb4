package dev.troupe.clusterconfig.engine;

import dev.troupe.persistence.postgresql.PostgresEventStore;
import dev.troupe.persistence.postgresql.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The engines of a release, and how often its members have looked after the tables: this release,
/// or one that comes next with tables of its own. Making those stops in the middle as long as there
/// is a row in the table of a gate.
public final class MadeUpRelease {

  /// A table of tests, and no part of any release.
  public static final String GATE = "public.gate";

  private final Schema schema;
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger upgrades = new AtomicInteger();

  private MadeUpRelease(Schema schema) {
    this.schema = schema;
  }

  /// The one that is tested.
  public static MadeUpRelease present() {
    return new MadeUpRelease(Schema.OURS);
  }

  /// One that knows later tables, and can work on the present ones.
  public static MadeUpRelease next() {
    var steps = new ArrayList<>(Schema.steps());
    steps.add("CREATE TABLE troupe.made_up (upgrades int)");
    steps.add(
        """
        DO $$ BEGIN
          WHILE EXISTS (SELECT FROM %s) LOOP
            PERFORM pg_sleep(0.02);
          END LOOP;
        END $$
        """
            .formatted(GATE));
    steps.add(
        """
        ALTER TABLE troupe.event ADD COLUMN made_up int;
        INSERT INTO troupe.made_up VALUES (1)
        """);
    return new MadeUpRelease(new Schema(steps, Schema.OURS.newest()));
  }

  /// The latest version of the tables that it knows.
  public int tables() {
    return schema.newest();
  }

  /// How often its members have looked whether the tables are to be made later ones.
  public int looks() {
    return looks.get();
  }

  /// How often they have asked the database to make them so.
  public int upgrades() {
    return upgrades.get();
  }

  public Engines engines() {
    var engine =
        new PostgresEngine(
            (settings, clock) -> PostgresEventStore.openShared(settings, clock, schema));
    return new Engines(List.of(new Counted(engine)));
  }

  private final class Counted implements Engine {

    private final Engine engine;

    private Counted(Engine engine) {
      this.engine = engine;
    }

    @Override
    public boolean keepsFiles() {
      return engine.keepsFiles();
    }

    @Override
    public boolean isNamedBy(String url) {
      return engine.isNamedBy(url);
    }

    @Override
    public OpenStore open(String url, StoreOpening with) {
      return engine.open(url, with);
    }

    @Override
    public CommonStore openShared(String url, StoreOpening with) {
      var store = engine.openShared(url, with);
      return new CommonStore(
          store.store(), store.roll(), store.origin(), new CountedForms(store.forms()));
    }
  }

  private final class CountedForms implements SharedForms {

    private final SharedForms forms;

    private CountedForms(SharedForms forms) {
      this.forms = forms;
    }

    @Override
    public int knownTables() {
      return forms.knownTables();
    }

    @Override
    public int storedTables() {
      return forms.storedTables();
    }

    @Override
    public int knownRecords() {
      return forms.knownRecords();
    }

    @Override
    public int storedRecords() {
      return forms.storedRecords();
    }

    @Override
    public long incarnation() {
      return forms.incarnation();
    }

    @Override
    public void keepUp(int tables, long roll) {
      SharedForms.super.keepUp(tables, roll);
      looks.incrementAndGet();
    }

    @Override
    public void upgrade(int tables, long roll) {
      upgrades.incrementAndGet();
      forms.upgrade(tables, roll);
    }
  }
}
