package dev.troupe.testkit.experiment.file;

import dev.troupe.testkit.experiment.file.KeyForm.Count;
import dev.troupe.testkit.experiment.file.KeyForm.Length;
import dev.troupe.testkit.experiment.file.KeyForm.Words;
import dev.troupe.testkit.experiment.file.YamlPart.Found;
import dev.troupe.testkit.experiment.file.YamlPart.YamlItems;
import dev.troupe.testkit.experiment.file.YamlPart.YamlKeys;
import dev.troupe.testkit.experiment.file.YamlPart.YamlText;
import dev.troupe.testkit.experiment.plan.DurationRange;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A part of a file as it is asked for its keys. Whatever is not as it should be is refused, with
/// what was found and what may stand there.
final class Section {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}");
  private static final String RANGE = "..";

  private final FileSection kind;
  private final YamlKeys part;
  private final Set<FileKey> asked = EnumSet.noneOf(FileKey.class);

  private Section(FileSection kind, YamlKeys part) {
    this.kind = kind;
    this.part = part;
  }

  /// @throws RefusedExperiment if it is no map, or has keys that nobody knows
  static Section of(FileSection kind, YamlPart part) {
    if (!(part instanceof YamlKeys keys)) {
      throw part.place()
          .refusal(kind.title() + " is written as keys and values, this is " + part.words());
    }
    var known = FileKey.of(kind).stream().map(FileKey::word).toList();
    keys.keys()
        .forEach((word, found) -> {
          if (!known.contains(word)) {
            throw found
                .key()
                .refusal("\"" + word + "\" is no key of " + kind.title() + meant(word, known));
          }
        });
    return new Section(kind, keys);
  }

  private static String meant(String word, Collection<String> known) {
    return Suggestion.of(word, known).map(near -> ": is \"" + near + "\" meant?").orElse("")
        + " (possible: "
        + String.join(", ", known)
        + ")";
  }

  FilePlace place() {
    return part.place();
  }

  /// Where a value stands, or would.
  FilePlace place(FileKey key) {
    var found = part.keys().get(key.word());
    return found == null ? part.place() : found.value().place();
  }

  boolean has(FileKey key) {
    asked.add(key);
    return part.keys().containsKey(key.word());
  }

  /// Lets a key be there that is asked for later.
  void allow(FileKey key) {
    asked.add(key);
  }

  /// The keys that somebody has asked for.
  Set<FileKey> asked() {
    return asked;
  }

  private YamlPart value(FileKey key) {
    asked.add(key);
    var found = part.keys().get(key.word());
    if (found != null) {
      return found.value();
    }
    if (key.fallback() == null) {
      throw part.place()
          .refusal(
              "\"%s\" is missing in %s (%s)"
                  .formatted(key.word(), kind.title(), key.form().words()));
    }
    return new YamlText(part.place(), key.fallback());
  }

  private static RefusedExperiment unexpected(FileKey key, YamlPart found) {
    return found
        .place()
        .refusal(
            "\"%s\" is %s, this is %s".formatted(key.word(), key.form().words(), found.words()));
  }

  private YamlText word(FileKey key) {
    if (value(key) instanceof YamlText text && !text.text().isEmpty()) {
      return text;
    }
    throw unexpected(key, value(key));
  }

  String text(FileKey key) {
    var found = word(key);
    if (key.form() instanceof Words(int most) && found.text().length() > most) {
      throw unexpected(key, found);
    }
    return found.text();
  }

  int number(FileKey key) {
    return number(key, value(key));
  }

  /// A number where also something else may be, or in a list.
  static int number(FileKey key, YamlPart part) {
    if (part instanceof YamlText(_, String text) && NUMBER.matcher(text).matches()) {
      int number = Integer.parseInt(text);
      if (!(key.form() instanceof Count(int least, int most))
          || (number >= least && number <= most)) {
        return number;
      }
    }
    throw unexpected(key, part);
  }

  Duration length(FileKey key) {
    var found = word(key);
    return length(key, found, found.text());
  }

  private static Duration length(FileKey key, YamlText found, String text) {
    var length =
        LengthText.parse(text)
            .orElseThrow(() ->
                found
                    .place()
                    .refusal(
                        "\"%s\" is no duration: write a whole number and its unit, as 250ms, 20s,"
                                .formatted(text)
                            + " 5m or 2h"));
    if (key.form() instanceof Length form
        && (length.compareTo(form.least()) < 0 || length.compareTo(form.most()) > 0)) {
      throw unexpected(key, found);
    }
    return length;
  }

  DurationRange lengths(FileKey key) {
    var found = word(key);
    int dots = found.text().indexOf(RANGE);
    if (dots < 0) {
      return DurationRange.exactly(length(key, found, found.text()));
    }
    var least = length(key, found, found.text().substring(0, dots));
    var most = length(key, found, found.text().substring(dots + RANGE.length()));
    if (least.compareTo(most) > 0) {
      throw found
          .place()
          .refusal(
              "%s begins with the longer one: write %s..%s"
                  .formatted(found.words(), DurationRange.text(most), DurationRange.text(least)));
    }
    return new DurationRange(least, most);
  }

  <T> T choice(FileKey key, Map<String, T> choices) {
    return choice(key, word(key), choices);
  }

  /// @param choices by their words, in an order for people
  static <T> T choice(FileKey key, YamlPart found, Map<String, T> choices) {
    var word = found instanceof YamlText(_, String text) ? text : "";
    var chosen = choices.get(word);
    if (chosen == null) {
      throw found
          .place()
          .refusal(
              "%s is nothing that \"%s\" can be".formatted(found.words(), key.word())
                  + meant(word, choices.keySet()));
    }
    return chosen;
  }

  /// @param most how long it may be
  /// @return nothing where it is left out, and may be
  List<YamlPart> list(FileKey key, int least, int most) {
    return switch (value(key)) {
      case YamlItems(_, List<YamlPart> items) when items.size() >= least && items.size() <= most ->
          items;
      case YamlText(_, String text) when text.isEmpty() && !has(key) -> List.of();
      case YamlPart other -> throw unexpected(key, other);
    };
  }

  /// @return one without keys where it is left out
  Section section(FileKey key, FileSection part) {
    return has(key) ? of(part, value(key)) : new Section(part, new YamlKeys(place(), Map.of()));
  }

  /// What is written below a key whose own keys nobody knows before.
  Map<String, Found> entries(FileKey key) {
    return switch (value(key)) {
      case YamlKeys(_, Map<String, Found> keys) -> keys;
      case YamlText(_, String text) when text.isEmpty() && !has(key) -> Map.of();
      case YamlPart other -> throw unexpected(key, other);
    };
  }

  /// Whether a key is left out, or says a certain word.
  boolean says(FileKey key, String word) {
    return value(key) instanceof YamlText(_, String text) && text.equals(word);
  }

  /// To be called when everything has been asked for.
  ///
  /// @param what this is, for people
  /// @throws RefusedExperiment if there are keys that mean nothing to it
  void end(String what) {
    var taken = asked.stream().map(FileKey::word).toList();
    part.keys()
        .forEach((word, found) -> {
          if (!taken.contains(word)) {
            throw found
                .key()
                .refusal(
                    "\"%s\" means nothing to %s, which has: %s"
                        .formatted(word, what, String.join(", ", taken)));
          }
        });
  }
}
