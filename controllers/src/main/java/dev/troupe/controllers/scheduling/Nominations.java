package dev.troupe.controllers.scheduling;

import dev.troupe.api.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who has to leave its node for whom. First the pod is nominated, so that its room is kept; when
/// that is seen, the others leave. Changed in place.
final class Nominations {

  /// Why a pod has to leave.
  record Notice(ResourceKey winner, String uid, String node) {}

  private record Intent(Notice notice, List<ResourceKey> victims) {}

  private final Map<ResourceKey, Intent> intents = new HashMap<>();
  private final Map<ResourceKey, Notice> notices = new HashMap<>();
  private final Set<ResourceKey> repeated = new HashSet<>();
  private final List<ResourceKey> called = new ArrayList<>();

  void intend(ResourceKey winner, String uid, String node, List<ResourceKey> victims) {
    intents.put(winner, new Intent(new Notice(winner, uid, node), victims));
  }

  /// The pod is nominated already: that is taken back, and it shall be looked at again.
  void repeat(ResourceKey winner) {
    intents.remove(winner);
    repeated.add(winner);
  }

  /// The pod is seen to wait.
  ///
  /// @param node that it is nominated to; empty if it is not
  void seen(ResourceKey winner, String node) {
    var intent = intents.get(winner);
    if (node.isEmpty()) {
      if (repeated.remove(winner)) {
        called.add(winner);
      }
    } else if (intent != null && intent.notice().node().equals(node)) {
      intents.remove(winner);
      for (var victim : intent.victims()) {
        notices.put(victim, intent.notice());
        called.add(victim);
      }
    }
  }

  /// The pod waits no more.
  void over(ResourceKey winner) {
    intents.remove(winner);
    repeated.remove(winner);
  }

  @Nullable Notice notice(ResourceKey victim) {
    return notices.get(victim);
  }

  void obeyed(ResourceKey victim) {
    notices.remove(victim);
  }

  /// Who shall be decided about since this was asked before.
  Collection<ResourceKey> called() {
    if (called.isEmpty()) {
      return List.of();
    }
    var all = List.copyOf(called);
    called.clear();
    return all;
  }
}
