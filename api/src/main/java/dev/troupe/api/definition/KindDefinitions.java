package dev.troupe.api.definition;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the definitions of custom resources from their classes, by the generator of the classes'
/// own library: what its annotations (`Required`, `Min`, `Pattern`, `Default`, `ValidationRule`,
/// `PrinterColumn`) and Jackson's `JsonPropertyDescription` say of a class, a record or a component
/// of one is in them.
public final class KindDefinitions {

  private KindDefinitions() {}

  /// One definition for each kind, with all its versions, ordered by name.
  ///
  /// @throws IllegalArgumentException if a class cannot be a kind; the message says which, and why
  public static List<CustomResourceDefinition> of(
      Collection<Class<? extends CustomResource<?, ?>>> kinds) {
    var byName = new TreeMap<String, List<Class<? extends HasMetadata>>>();
    for (var kind : kinds) {
      byName.computeIfAbsent(name(kind), _ -> new ArrayList<>()).add(kind);
    }
    return byName.values().stream()
        .map(KindDefinitions::made)
        .sorted(Comparator.comparing(one -> one.getMetadata().getName()))
        .toList();
  }

  /// What the definition of a kind is called.
  private static String name(Class<? extends CustomResource<?, ?>> kind) {
    try {
      return CustomResource.getCRDName(kind);
    } catch (RuntimeException unnamed) {
      throw new IllegalArgumentException(
          "%s cannot be a kind: it needs the annotations Group and Version (%s)"
              .formatted(kind.getName(), unnamed.getMessage()),
          unnamed);
    }
  }

  private static CustomResourceDefinition made(List<Class<? extends HasMetadata>> versions) {
    var made = new ArrayList<CustomResourceDefinition>();
    try {
      new CRDGenerator()
          .customResourceClasses(versions)
          .forCRDVersions("v1")
          .withOutput(new Nowhere())
          .withPostProcessor(
              new CRDPostProcessor() {
                @Override
                public HasMetadata process(HasMetadata definition, String version) {
                  made.add((CustomResourceDefinition) definition);
                  return definition;
                }
              })
          .generate();
    } catch (RuntimeException impossible) {
      throw wrong(versions, String.valueOf(impossible.getMessage()), impossible);
    }
    if (made.size() != 1) {
      throw wrong(versions, "nothing was made of it", null);
    }
    return made.getFirst();
  }

  private static IllegalArgumentException wrong(
      List<Class<? extends HasMetadata>> versions, String why, @Nullable Throwable cause) {
    var names = versions.stream().map(Class::getName).toList();
    return new IllegalArgumentException(
        "there is no definition for %s: %s".formatted(String.join(", ", names), why), cause);
  }

  /// The generator writes files; only what is in them is of interest.
  private static final class Nowhere extends CRDGenerator.AbstractCRDOutput<OutputStream> {

    @Override
    protected OutputStream createStreamFor(String name) {
      return new ByteArrayOutputStream();
    }
  }
}
