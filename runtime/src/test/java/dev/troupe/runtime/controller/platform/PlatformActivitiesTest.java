package dev.troupe.runtime.controller.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.PlatformActivity;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.store.PartitionId;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class PlatformActivitiesTest {

  private static final HostIdentity HOST =
      new HostIdentity(new PartitionId(new TypeRef(PartitionId.CONTROLLERS, "gc"), 0), 1);

  /// Its definition is gone, which goes last: nothing could be read any more, however often.
  @Test
  void ownerOfATypeThatIsNotServedIsAbsent() {
    var nothing =
        (Resources)
            Proxy.newProxyInstance(
                PlatformActivitiesTest.class.getClassLoader(),
                new Class<?>[] {Resources.class},
                (_, method, _) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    var activities =
        new PlatformActivities(nothing, ResourceRegistry.standard(), InstantSource.system());
    var owner = new ResourceKey(TypeRef.parse("crontabs.example.com"), "default", "free");

    var read = activities.carryOut(new PlatformActivity.ReadOwner(owner, "uid"), "key", HOST);

    assertThat(read.toCompletableFuture().join()).isEqualTo("absent");
  }
}
