package dev.troupe.clusterconfig.command.create;

import dev.troupe.clusterconfig.command.data.CommandFailedException;
import io.fabric8.kubernetes.api.Pluralize;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/// What a project is called, in the forms that are needed.
///
/// @param name a DNS label
/// @param group a domain
record ProjectName(String name, String group) {

  private static final int LONGEST = 40;
  private static final Pattern LABEL = Pattern.compile("[a-z]([a-z0-9]|-(?=[a-z0-9]))*");
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+");

  /// The words of the files that are made, which a kind cannot have.
  private static final Set<String> TAKEN =
      Set.of(
          "Cause",
          "Class",
          "ConfigMap",
          "Controller",
          "Default",
          "Duration",
          "Extension",
          "Group",
          "Instant",
          "Integer",
          "Min",
          "Namespaced",
          "Object",
          "Observe",
          "Override",
          "Plan",
          "Record",
          "Required",
          "Spec",
          "Status",
          "String",
          "Test",
          "Version",
          "View",
          "World");

  /// @throws CommandFailedException if there can be no such project; says what it may be called
  static ProjectName of(String name, String group) {
    if (name.length() > LONGEST || !LABEL.matcher(name).matches()) {
      throw new CommandFailedException(
          ("'%s' is no name for a controller: it has small letters, digits and single hyphens,"
                  + " begins with a letter, and has at most %d of them, such as tea-pot")
              .formatted(name, LONGEST));
    }
    if (!DOMAIN.matcher(group).matches()) {
      throw new CommandFailedException(
          "'%s' is no API group: it is a domain such as example.com".formatted(group));
    }
    var made = new ProjectName(name, group);
    if (TAKEN.contains(made.kind())) {
      throw new CommandFailedException(
          "'%s' would make a class %s, and one of that name is used already: choose another"
              .formatted(name, made.kind()));
    }
    return made;
  }

  String kind() {
    return Stream.of(name.split("-", -1))
        .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
        .collect(Collectors.joining());
  }

  /// The group the other way round, and the name; what Java does not allow gets an underscore.
  String packageName() {
    var parts = List.of(group.split("\\.", -1)).reversed();
    return Stream.concat(parts.stream(), Stream.of(name.replace("-", "")))
        .map(part -> part.replace('-', '_'))
        .map(part -> SourceVersion.isName(part) ? part : "_" + part)
        .collect(Collectors.joining("."));
  }

  /// The plural, as the kind's library makes it.
  String plural() {
    return Pluralize.toPlural(kind().toLowerCase(Locale.ROOT));
  }
}
