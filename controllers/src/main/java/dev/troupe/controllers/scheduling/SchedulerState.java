package dev.troupe.controllers.scheduling;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.objects.NodesAndPods;
import dev.troupe.controllers.objects.Pods;
import dev.troupe.controllers.scheduling.demand.PodDemand;
import dev.troupe.controllers.scheduling.node.NodeRoom;
import dev.troupe.controllers.scheduling.node.Occupancy;
import dev.troupe.controllers.scheduling.queue.Callers;
import dev.troupe.controllers.scheduling.queue.News;
import dev.troupe.controllers.scheduling.queue.WaitingPods;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The nodes with what is taken of them, and the pods that wait. A fold of the changes of nodes and
/// pods, plus the scheduler's own assumptions: a pod counts on its node from the decision on, not
/// only when the binding is seen.
public final class SchedulerState implements NodesAndPods {

  private record Placed(String node, PodDemand demand, boolean assumed) {}

  private final Occupancy occupancy = new Occupancy();
  private final WaitingPods waiting = new WaitingPods();
  private final Map<ResourceKey, Placed> placed = new HashMap<>();
  private final Map<ResourceKey, String> nominated = new HashMap<>();
  private final Nominations nominations = new Nominations();
  private final List<News> news = new ArrayList<>();

  @Override
  public void put(Node node) {
    offer(node.getMetadata().getName(), NodeRoom.Offer.of(node));
  }

  @Override
  public void removeNode(String name) {
    offer(name, null);
  }

  private void offer(String node, NodeRoom.@Nullable Offer offer) {
    if (occupancy.offer(node, offer)) {
      tell(new News.NodeChanged(node));
    }
  }

  /// @param labels null if the namespace is gone
  void namespace(String name, @Nullable Map<String, String> labels) {
    if (occupancy.namespace(name, labels)) {
      tell(new News.NamespaceChanged(name));
    }
  }

  @Override
  public void put(ResourceKey key, Pod pod) {
    var node = Pods.nodeName(pod);
    if (Pods.isTerminal(pod)) {
      remove(key);
    } else if (!node.isEmpty()) {
      waiting.remove(key);
      nominations.over(key);
      if (Pods.isTerminating(pod)) {
        nominations.obeyed(key);
      }
      withdraw(key);
      settle(key, new Placed(node, PodDemand.of(pod), false));
    } else if (isMine(pod)) {
      wait(key, pod);
    } else {
      remove(key);
    }
  }

  @Override
  public void remove(ResourceKey key) {
    waiting.remove(key);
    nominations.over(key);
    nominations.obeyed(key);
    withdraw(key);
    unplace(key);
  }

  /// Whether the pod waits and has not been looked at as it is.
  boolean isNew(ResourceKey key) {
    var candidate = waiting.get(key);
    return candidate != null && !candidate.tried() && !placed.containsKey(key);
  }

  /// Those who shall be looked at again because of what has happened since this was asked before.
  Collection<ResourceKey> called() {
    var ordered = nominations.called();
    if (news.isEmpty()) {
      return ordered;
    }
    var called = new Callers(waiting, occupancy).of(news);
    news.clear();
    called.addAll(ordered);
    return called;
  }

  Occupancy occupancy() {
    return occupancy;
  }

  WaitingPods waiting() {
    return waiting;
  }

  Nominations nominations() {
    return nominations;
  }

  /// The node that others leave so that there is room for the pod; empty if there is none.
  String nominated(ResourceKey key) {
    return nominated.getOrDefault(key, "");
  }

  /// Forgets that a waiting pod was assumed to be placed: it is decided anew.
  void forgetAssumption(ResourceKey key) {
    var before = placed.get(key);
    if (before != null && before.assumed()) {
      unplace(key);
    }
  }

  void assume(ResourceKey key, PodDemand demand, NodeRoom node) {
    placed.put(key, new Placed(node.name(), demand, true));
    occupancy.take(key, demand, node.name());
    waiting.found(key);
    withdraw(key);
  }

  private void wait(ResourceKey key, Pod pod) {
    var demand = PodDemand.of(pod);
    if (waiting.put(key, pod, demand)) {
      forgetAssumption(key);
    }
    withdraw(key);
    var node = Pods.nominatedNode(pod);
    nominations.seen(key, node);
    if (!node.isEmpty() && !placed.containsKey(key)) {
      nominated.put(key, node);
      occupancy.nominate(key, demand, node);
    }
  }

  private void withdraw(ResourceKey key) {
    var before = nominated.remove(key);
    if (before != null) {
      occupancy.withdraw(key, before);
    }
  }

  private void settle(ResourceKey key, Placed now) {
    var before = placed.put(key, now);
    boolean isThere = before != null && before.node().equals(now.node());
    if (isThere && before.demand().equals(now.demand())) {
      if (before.assumed()) {
        tell(new News.Came(now.demand()));
      }
      return;
    }
    if (before != null) {
      occupancy.free(key, before.node());
    }
    occupancy.take(key, now.demand(), now.node());
    if (isThere && before.demand().needsAsMuchAs(now.demand())) {
      tell(new News.Altered(before.demand(), now.demand()));
      return;
    }
    if (before != null) {
      tell(new News.Left(before.demand(), before.node()));
    }
    tell(new News.Came(now.demand()));
  }

  private void unplace(ResourceKey key) {
    var before = placed.remove(key);
    if (before != null) {
      occupancy.free(key, before.node());
      tell(new News.Left(before.demand(), before.node()));
    }
  }

  private void tell(News one) {
    if (waiting.hasTried()) {
      news.add(one);
    }
  }

  private static boolean isMine(Pod pod) {
    var scheduler = pod.getSpec().getSchedulerName();
    return !Pods.isTerminating(pod)
        && (scheduler == null
            || scheduler.isEmpty()
            || scheduler.equals(SchedulingController.SCHEDULER));
  }
}
