package dev.troupe.testkit.experiment.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The kinds of workloads by the names that files and reports call them.
public enum WorkloadKind {
  STEADY(
      "steady",
      Workload.Steady.class,
      "an object for each partition and member, each with one writer and one reader, and for each"
          + " member a client that lists and one that watches"),
  CRUD(
      "crud",
      Workload.Crud.class,
      "60 % reads, 20 % updates, 10 % creations and 10 % deletions of many objects"),
  HOT_OBJECT(
      "hot-object", Workload.HotObject.class, "many clients that update one object, and read it"),
  MANY_NAMESPACES(
      "many-namespaces",
      Workload.ManyNamespaces.class,
      "writes and reads that go round many namespaces"),
  INFORMERS(
      "informers",
      Workload.Informers.class,
      "clients that list and watch, are disconnected again and again, and go on where they were"),
  LIST_WATCH(
      "list-watch",
      Workload.ListWatch.class,
      "clients that list a whole collection at a fixed rhythm and watch it"),
  DEPLOYMENTS(
      "deployments",
      Workload.Deployments.class,
      "deployments of which one after the other is scaled or rolled, for controllers to work on"),
  LEASES("leases", Workload.Leases.class, "clients that each renew a lease of their own");

  private static final Map<Class<?>, WorkloadKind> BY_CLASS =
      Collections.unmodifiableMap(
          Arrays.stream(values())
              .collect(Collectors.toMap(kind -> kind.model, Function.identity())));

  private final String word;
  private final Class<? extends Workload> model;
  private final String sentence;

  WorkloadKind(String word, Class<? extends Workload> model, String sentence) {
    this.word = word;
    this.model = model;
    this.sentence = sentence;
  }

  static WorkloadKind of(Class<? extends Workload> model) {
    return Optional.ofNullable(BY_CLASS.get(model))
        .orElseThrow(() -> new IllegalStateException(model + " has no name"));
  }

  /// How files and reports say it.
  public String word() {
    return word;
  }

  Class<? extends Workload> model() {
    return model;
  }

  /// Who asks for what.
  public String sentence() {
    return sentence;
  }
}
