package dev.troupe.testkit.experiment.file;

import java.util.List;
import java.util.Map;

/// A part of a file, with its place.
sealed interface YamlPart {

  FilePlace place();

  /// For people: what stands there.
  String words();

  /// Everything that is one word or one text.
  record YamlText(FilePlace place, String text) implements YamlPart {

    private static final int SHOWN = 40;

    @Override
    public String words() {
      if (text.isEmpty()) {
        return "nothing";
      }
      return '"' + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + '"';
    }
  }

  record YamlItems(FilePlace place, List<YamlPart> items) implements YamlPart {
    @Override
    public String words() {
      return "a list";
    }
  }

  /// @param keys in the order of the file
  record YamlKeys(FilePlace place, Map<String, Found> keys) implements YamlPart {
    @Override
    public String words() {
      return "a map";
    }
  }

  /// @param key where the key stands
  record Found(FilePlace key, YamlPart value) {}
}
