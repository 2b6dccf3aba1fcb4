package dev.troupe.testkit.experiment.file;

import dev.troupe.testkit.experiment.file.YamlPart.Found;
import dev.troupe.testkit.experiment.file.YamlPart.YamlItems;
import dev.troupe.testkit.experiment.file.YamlPart.YamlKeys;
import dev.troupe.testkit.experiment.file.YamlPart.YamlText;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads a file of one YAML document into parts that know their places. What an experiment has no
/// use for is refused: anchors, aliases, tags, keys that are not texts or come twice, and more than
/// somebody would write.
final class YamlParts {

  static final int MOST_BYTES = 64 << 10;
  private static final int MOST_NESTED = 8;
  private static final Pattern LARGE_ESCAPE = Pattern.compile("\\\\U[89a-fA-F][0-9a-fA-F]{7}");

  private final String file;
  private final Iterator<Event> events;
  private int nested;

  private YamlParts(String file, Iterator<Event> events) {
    this.file = file;
    this.events = events;
  }

  /// @throws RefusedExperiment if it is not such a file
  static YamlPart read(String file, byte[] bytes) {
    var text = text(file, bytes);
    var settings =
        LoadSettings.builder()
            .setLabel(file)
            .setParseComments(false)
            .setCodePointLimit(MOST_BYTES + 1)
            .build();
    try {
      return new YamlParts(file, new Parse(settings).parseString(text).iterator()).document();
    } catch (MarkedYamlEngineException refused) {
      throw place(file, refused.getProblemMark())
          .refusal("this is no YAML: " + refused.getProblem());
    } catch (NumberFormatException tooLarge) {
      throw escape(file, text);
    } catch (YamlEngineException refused) {
      throw new FilePlace(file, 1, 1).refusal("this is no YAML: " + refused.getMessage());
    }
  }

  /// The library has no words for an escape whose number is larger than any character's.
  private static RefusedExperiment escape(String file, String text) {
    var found = LARGE_ESCAPE.matcher(text);
    var place =
        found.find()
            ? FilePlace.behind(file, text.substring(0, found.start()))
            : new FilePlace(file, 1, 1);
    return place.refusal("this is no YAML: an escape with \\U means no character");
  }

  private static String text(String file, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new FilePlace(file, 1, 1)
          .refusal("a file of an experiment has at most " + MOST_BYTES + " bytes");
    }
    var text = CharBuffer.allocate(bytes.length);
    var result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
    var read = text.flip().toString();
    if (result.isError()) {
      throw FilePlace.behind(file, read).refusal("what follows here is no text in UTF-8");
    }
    for (int i = 0; i < read.length(); i = read.offsetByCodePoints(i, 1)) {
      if (!StreamReader.isPrintable(read.codePointAt(i))) {
        throw FilePlace.behind(file, read.substring(0, i))
            .refusal("U+%04X cannot be in a YAML file".formatted(read.codePointAt(i)));
      }
    }
    return read;
  }

  private static FilePlace place(String file, Optional<Mark> mark) {
    return mark.map(at -> new FilePlace(file, at.getLine() + 1, at.getColumn() + 1))
        .orElseGet(() -> new FilePlace(file, 1, 1));
  }

  private FilePlace place(Event event) {
    return place(file, event.getStartMark());
  }

  private YamlPart document() {
    var event = events.next();
    while (event.getEventId() != Event.ID.DocumentStart) {
      if (event.getEventId() == Event.ID.StreamEnd) {
        throw new FilePlace(file, 1, 1).refusal("the file is empty");
      }
      event = events.next();
    }
    var part = part(events.next());
    events.next();
    var behind = events.next();
    if (behind.getEventId() != Event.ID.StreamEnd) {
      throw place(behind).refusal("a file has one experiment, and here another document begins");
    }
    return part;
  }

  private YamlPart part(Event event) {
    refuseUnused(event);
    if (nested == MOST_NESTED) {
      throw place(event).refusal("this is nested deeper than anything in an experiment");
    }
    nested++;
    var part =
        switch (event) {
          case ScalarEvent scalar -> new YamlText(place(event), text(scalar));
          case SequenceStartEvent _ -> items(place(event));
          case MappingStartEvent _ -> keys(place(event));
          default -> throw new IllegalStateException("nothing begins with " + event);
        };
    nested--;
    return part;
  }

  /// What people write for nothing is nothing.
  private String text(ScalarEvent scalar) {
    var text = scalar.getValue();
    if (text.codePoints().anyMatch(YamlParts::isInvisible)) {
      throw place(scalar).refusal("this has characters in it that nobody can see");
    }
    return scalar.isPlain() && (text.equals("~") || text.equals("null")) ? "" : text;
  }

  private static boolean isInvisible(int character) {
    int type = Character.getType(character);
    return type == Character.SURROGATE || (type == Character.CONTROL && character != '\n');
  }

  private void refuseUnused(Event event) {
    if (event instanceof AliasEvent) {
      throw place(event).refusal("aliases are not accepted: write it out");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw place(event).refusal("anchors are not accepted: write it out where it is meant");
    }
    var tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent several -> several.getTag();
          default -> Optional.<String>empty();
        };
    if (tag.isPresent()) {
      throw place(event).refusal("tags are not accepted: leave \"" + tag.get() + "\" out");
    }
  }

  private YamlItems items(FilePlace place) {
    var items = new ArrayList<YamlPart>();
    for (var event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(part(event));
    }
    return new YamlItems(place, Collections.unmodifiableList(items));
  }

  private YamlKeys keys(FilePlace place) {
    var keys = new LinkedHashMap<String, Found>();
    for (var event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (!(part(event) instanceof YamlText key)) {
        throw place(event).refusal("a key is a word, and this is something else");
      }
      var before = keys.get(key.text());
      if (before != null) {
        throw key.place()
            .refusal(
                "%s is there twice, first in line %d".formatted(key.words(), before.key().line()));
      }
      keys.put(key.text(), new Found(key.place(), part(events.next())));
    }
    return new YamlKeys(place, Collections.unmodifiableMap(keys));
  }
}
