package dev.troupe.controllers.garbagecollection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.PlatformActivity.ReadOwner;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.controllers.garbagecollection.OwnerTypes.OwnerType;
import dev.troupe.controllers.objects.Keys;
import dev.troupe.controllers.objects.Owners;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GarbageCollectionControllerTest {

  private final List<ReadOwner> reads = new ArrayList<>();
  private final Stage stage = new Stage();

  /// Whether an owner is there that nobody here has seen.
  private boolean farIsThere = true;

  GarbageCollectionControllerTest() {
    stage
        .with(new GarbageCollectionController(GarbageCollectionControllerTest::type))
        .answering(
            ReadOwner.class,
            read -> {
              reads.add(read);
              return (farIsThere && read.uid().equals("uid-far"))
                      || stage.all(ConfigMap.class).stream()
                          .anyMatch(m ->
                              Keys.of(m).equals(read.owner())
                                  && m.getMetadata().getUid().equals(read.uid()))
                  ? "present"
                  : "absent";
            });
  }

  @Test
  void deletesWhatHasLostItsOwner() {
    stage.put(map("owner")).settle();
    stage.put(owned("one", "owner")).put(owned("two", "owner")).put(map("free")).settle();
    assertThat(reads).isEmpty();

    stage.delete(stage.get(ConfigMap.class, "owner"));
    stage.settle();

    assertThat(names()).containsExactly("free");
    assertThat(reads).isNotEmpty();
    stage.verify();
  }

  @Test
  void deletesChainsOfOwners() {
    stage.put(map("a"));
    stage.put(owned("b", "a")).put(owned("c", "b")).put(owned("d", "c")).settle();
    stage.delete(stage.get(ConfigMap.class, "a"));
    stage.settle();

    assertThat(names()).isEmpty();
  }

  @Test
  void keepsWhatHasAnotherOwnerAndForgetsTheOneThatIsGone() {
    stage.put(map("first")).put(map("second"));
    var shared = owned("shared", "first");
    shared.getMetadata().getOwnerReferences().add(reference("second"));
    stage.put(shared).settle();

    stage.delete(stage.get(ConfigMap.class, "first"));
    stage.settle();

    assertThat(Owners.of(stage.get(ConfigMap.class, "shared")))
        .extracting(OwnerReference::getName)
        .containsExactly("second");
  }

  @Test
  void deletesWhatNamesAnOwnerThatNeverWas() {
    var lost = map("lost");
    lost.getMetadata().setOwnerReferences(List.of(reference("ghost", "uid-of-a-ghost")));
    stage.put(lost).settle();

    assertThat(names()).isEmpty();
    assertThat(reads).hasSize(1);
  }

  @Test
  void keepsWhatItsOwnerIsReadToLiveFor() {
    // The owner exists, but its kind is not followed here.
    var kept = map("kept");
    kept.getMetadata().setOwnerReferences(List.of(reference("unknown", "uid-x")));
    kept.getMetadata().getOwnerReferences().getFirst().setKind("Mystery");
    stage.put(kept).settle();

    assertThat(names()).containsExactly("kept");
  }

  @Test
  void looksAgainForAnOwnerOfATypeThatIsNotFollowedYet() {
    var kept = map("kept");
    var far = reference("far", "uid-far");
    far.setKind("CronTab");
    kept.getMetadata().setOwnerReferences(List.of(far));
    stage.put(kept).settle();
    stage.advance(Duration.ofSeconds(20)).settle();
    assertThat(names()).containsExactly("kept");

    farIsThere = false;
    stage.advance(Duration.ofSeconds(6)).settle();

    assertThat(names()).isEmpty();
    stage.verify();
  }

  @Test
  void waitsForBlockingDependentsInTheForeground() {
    stage.put(map("owner"));
    var held = owned("held", "owner");
    held.getMetadata().setFinalizers(List.of("example.com/hold"));
    stage.put(held).put(owned("free", "owner")).settle();

    deleteWith("owner", "foregroundDeletion");

    assertThat(names()).containsExactly("held", "owner");

    var released = stage.get(ConfigMap.class, "held");
    released.getMetadata().setFinalizers(List.of());
    stage.put(released).settle();

    assertThat(names()).isEmpty();
  }

  @Test
  void letsDependentsGo() {
    stage.put(map("owner")).put(owned("one", "owner"));
    stage.put(owned("two", "owner")).settle();

    deleteWith("owner", "orphan");
    stage.advance(Duration.ofSeconds(3));

    assertThat(names()).containsExactly("one", "two");
    assertThat(stage.all(ConfigMap.class)).allMatch(m -> Owners.of(m).isEmpty());
  }

  @Test
  void doesNotTakeAnOwnerInAnotherNamespace() {
    var elsewhere = map("owner");
    elsewhere.getMetadata().setNamespace("other");
    stage.put(elsewhere).settle();
    stage.put(owned("stray", "owner")).settle();

    assertThat(names()).containsExactly("owner");
    assertThat(stage.events())
        .anyMatch(e ->
            e.startsWith(
                "OwnerRefInvalidNamespace: ownerRef [v1/ConfigMap, namespace: default, name:"
                    + " owner"));
  }

  private void deleteWith(String name, String finalizer) {
    var object = stage.get(ConfigMap.class, name);
    object.getMetadata().setFinalizers(List.of(finalizer));
    object.getMetadata().setDeletionTimestamp(stage.now().toString());
    stage.put(object).settle();
  }

  private List<String> names() {
    return stage.all(ConfigMap.class).stream().map(m -> m.getMetadata().getName()).toList();
  }

  private static ConfigMap map(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .build();
  }

  private ConfigMap owned(String name, String owner) {
    var owned = map(name);
    owned.getMetadata().setOwnerReferences(new ArrayList<>(List.of(reference(owner))));
    return owned;
  }

  private OwnerReference reference(String owner) {
    return reference(owner, stage.get(ConfigMap.class, owner).getMetadata().getUid());
  }

  private static OwnerReference reference(String name, String uid) {
    var reference = new OwnerReference();
    reference.setApiVersion("v1");
    reference.setKind("ConfigMap");
    reference.setName(name);
    reference.setUid(uid);
    reference.setBlockOwnerDeletion(true);
    return reference;
  }

  private static Optional<OwnerType> type(String apiVersion, String kind) {
    return switch (kind) {
      case "ConfigMap" -> Optional.of(new OwnerType(TypeRef.core("configmaps"), true, false));
      case "CronTab" ->
          Optional.of(new OwnerType(new TypeRef("example.com", "crontabs"), true, true));
      default -> Optional.empty();
    };
  }
}
