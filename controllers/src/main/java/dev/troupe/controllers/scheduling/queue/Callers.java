package dev.troupe.controllers.scheduling.queue;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.controllers.scheduling.demand.Likeness;
import dev.troupe.controllers.scheduling.demand.PodDemand;
import dev.troupe.controllers.scheduling.demand.PodTerm;
import dev.troupe.controllers.scheduling.demand.SpreadRule;
import dev.troupe.controllers.scheduling.node.NodeRoom;
import dev.troupe.controllers.scheduling.node.Occupancy;
import dev.troupe.controllers.scheduling.placement.Fit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which of the pods that wait shall be looked at again because of what has happened.
///
/// Of pods that do not mind each other as many as there is room for. Of those to whom it matters
/// who else is where one: when that one has found its node, the next one's turn has come.
public record Callers(WaitingPods waiting, Occupancy occupancy) {

  /// The more important first.
  public Collection<ResourceKey> of(Collection<News> news) {
    var called = new LinkedHashSet<ResourceKey>();
    if (!waiting.hasTried()) {
      return called;
    }
    var tried = new ArrayList<>(waiting.tried());
    tried.sort(Comparator.comparingInt((Kin kin) -> kin.demand().priority()).reversed());
    var nodes = nodes(news);
    nodes.forEach(node -> callNominated(node, called));
    for (var kin : tried) {
      if (kin.demand().isChoosy()) {
        if (news.stream().anyMatch(one -> mayHelp(one, kin.demand()))) {
          kin.call().ifPresent(called::add);
        }
      } else if (news.stream().anyMatch(one -> mayWelcome(one, kin.demand()))) {
        called.addAll(kin.members());
      }
    }
    nodes.forEach(node -> callFitting(tried, node, called));
    return called;
  }

  private List<NodeRoom> nodes(Collection<News> news) {
    var names = new LinkedHashSet<String>();
    for (var one : news) {
      switch (one) {
        case News.NodeChanged(var node) -> names.add(node);
        case News.Left(_, var node) -> names.add(node);
        case News.Came _, News.Altered _, News.NamespaceChanged _ -> {}
      }
    }
    var nodes = new ArrayList<NodeRoom>();
    for (var name : names) {
      var node = occupancy.node(name);
      if (node != null && node.exists()) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  private boolean mayHelp(News news, PodDemand pod) {
    return switch (news) {
      case News.NodeChanged _ -> true;
      case News.Came(var other) ->
          other.equals(pod) || concerns(pod, pod.terms().near(), other.likeness());
      case News.Altered(var before, var now) ->
          concerns(pod, pod.terms().far(), before.likeness())
              || concerns(pod, pod.terms().near(), now.likeness())
              || mayWelcome(news, pod);
      case News.Left(var other, var node) ->
          fits(pod, node)
              || concerns(pod, pod.terms().far(), other.likeness())
              || mayWelcome(news, pod);
      case News.NamespaceChanged _ -> pod.terms().asksNamespaces() || mayWelcome(news, pod);
    };
  }

  /// Whether there may be less that others have against the pod.
  private boolean mayWelcome(News news, PodDemand pod) {
    return switch (news) {
      case News.Left(var other, _) -> means(other.terms().far(), pod.likeness());
      case News.Altered(var other, _) -> means(other.terms().far(), pod.likeness());
      case News.NamespaceChanged(var name) ->
          pod.likeness().namespace().equals(name) && !occupancy.terms().isEmpty();
      case News.NodeChanged _ -> !occupancy.terms().isEmpty();
      case News.Came _ -> false;
    };
  }

  private boolean concerns(PodDemand pod, List<PodTerm> terms, Likeness other) {
    return means(terms, other) || isCounted(pod, other);
  }

  private boolean means(List<PodTerm> terms, Likeness other) {
    for (var term : terms) {
      if (term.means(other, occupancy::labelsOf)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCounted(PodDemand pod, Likeness other) {
    for (SpreadRule rule : pod.spread()) {
      if (other.namespace().equals(pod.likeness().namespace())
          && rule.pods().matches(other.labels())) {
        return true;
      }
    }
    return false;
  }

  private boolean fits(PodDemand pod, String name) {
    var node = occupancy.node(name);
    return node != null && Fit.alone(pod).on(node);
  }

  private void callNominated(NodeRoom node, Set<ResourceKey> called) {
    node.nominated()
        .forEach((key, demand) -> {
          var kin = waiting.tried(demand);
          if (kin != null && kin.members().contains(key)) {
            called.add(key);
          }
        });
  }

  /// One after the other, and not more than there is room for.
  private static void callFitting(List<Kin> tried, NodeRoom node, Set<ResourceKey> called) {
    var fitting = new ArrayList<ResourceKey>();
    for (var kin : tried) {
      if (!kin.demand().isChoosy()) {
        callFitting(kin, node, fitting);
      }
    }
    fitting.forEach(node::free);
    called.addAll(fitting);
  }

  private static void callFitting(Kin kin, NodeRoom node, List<ResourceKey> fitting) {
    var fit = Fit.alone(kin.demand());
    for (var key : kin.members()) {
      if (!fit.on(node)) {
        return;
      }
      fitting.add(key);
      node.take(key, kin.demand());
    }
  }
}
