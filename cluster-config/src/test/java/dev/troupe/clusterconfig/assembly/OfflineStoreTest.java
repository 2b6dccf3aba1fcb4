package dev.troupe.clusterconfig.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.api.resource.Version;
import dev.troupe.clusterconfig.engine.Engines;
import dev.troupe.clusterconfig.engine.OpenStore;
import dev.troupe.clusterconfig.engine.StoreOpening;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.WriteCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another number of partitions for the store of a data directory.
class OfflineStoreTest {

  private static final TypeRef PODS = TypeRef.core("pods");
  private static final ResourceKey POD = new ResourceKey(PODS, "default", "web");

  @TempDir private Path data;

  private OfflineStore offline() {
    return new OfflineStore(data, Engines.STANDARD.belowData(), InstantSource.system());
  }

  @BeforeEach
  void fill() {
    try (var store = open("store")) {
      var partition = new PartitionId(PODS, 0);
      join(store.events().partitions(PODS, 1));
      join(store.events().open(partition));
      var event =
          new EventRecord(
              partition,
              1,
              Version.atMillis(System.currentTimeMillis()),
              0,
              1,
              EventRecord.Type.CREATED,
              POD,
              "uid",
              "{\"metadata\":{\"name\":\"web\"}}".getBytes(StandardCharsets.UTF_8),
              Map.of(),
              Map.of(),
              WriteCause.user("test", "", "create"),
              "",
              0);
      join(
          store
              .events()
              .append(List.of(new EventStore.Group(partition, 1, List.of(event), Map.of()))));
    }
  }

  @Test
  void nothingIsLeftBehindButTheStore() throws IOException {
    assertThat(offline().repartition(PODS, 3)).isEqualTo(1);

    assertThat(names()).containsExactly("store");
    assertThat(partitions()).isEqualTo(3);
    assertThat(offline().repartition(PODS, 2)).isEqualTo(3);
  }

  @Test
  void tellsWhichTypesItHasSomethingOf() throws IOException {
    assertThat(offline().collections()).containsExactly(PODS);
  }

  @Test
  void whatWasBrokenOffInTheMiddleOfTheChangeIsAsBefore() throws IOException {
    Files.move(data.resolve("store"), data.resolve("store.before"));
    Files.createDirectory(data.resolve("store.restoring"));
    assertThat(offline().exists()).isTrue();

    assertThat(offline().repartition(PODS, 3)).isEqualTo(1);

    assertThat(names()).containsExactly("store");
    assertThat(partitions()).isEqualTo(3);
  }

  @Test
  void whoStartsPutsTheStoreBackThatAChangeHasLeft() throws IOException {
    Files.move(data.resolve("store"), data.resolve("store.before"));

    OfflineStore.settle(data);

    assertThat(names()).containsExactly("store");
    assertThat(partitions()).isEqualTo(1);
  }

  @Test
  void whatTheChangeHasLeftIsNotPutInPlaceOfWhatIsThere() throws IOException {
    Files.createDirectory(data.resolve("store.before"));

    OfflineStore.settle(data);

    assertThat(partitions()).isEqualTo(1);
    assertThat(offline().repartition(PODS, 3)).isEqualTo(1);
    assertThat(names()).containsExactly("store");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(data)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private int partitions() {
    try (var store = open("store")) {
      assertThat(join(store.events().history(POD, 9))).hasSize(1);
      return join(store.events().partitions(PODS, 99));
    }
  }

  private OpenStore open(String name) {
    return Engines.STANDARD
        .belowData()
        .open(
            new StoreOpening(
                data.resolve(name), LoneProfile.complete(), InstantSource.system(), _ -> {}));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
