package dev.troupe.resources.schema;

import java.util.Arrays;

/// Where a pass through a document is, kept cheaply and put into words only when asked.
public final class DocumentPath {

  private static final int FIELD = -1;
  private static final int KEY = -2;

  private String[] names = new String[16];

  /// An index, or what the name at the same place is.
  private int[] steps = new int[16];

  private int depth;

  public void enterField(String name) {
    push(name, FIELD);
  }

  public void enterKey(String name) {
    push(name, KEY);
  }

  public void enterItem(int index) {
    push("", index);
  }

  public void leave() {
    depth--;
  }

  private void push(String name, int step) {
    if (depth == names.length) {
      names = Arrays.copyOf(names, depth * 2);
      steps = Arrays.copyOf(steps, depth * 2);
    }
    names[depth] = name;
    steps[depth] = step;
    depth++;
  }

  /// Such as `spec.containers[0].image`.
  public String text() {
    var out = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      if (steps[i] >= 0) {
        out.append('[').append(steps[i]).append(']');
      } else {
        append(out, names[i]);
      }
    }
    return out.toString();
  }

  /// The fields alone, as Go's decoder counts them: `spec.containers.image`.
  String fieldsOnly() {
    var out = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      if (steps[i] == FIELD) {
        append(out, names[i]);
      }
    }
    return out.toString();
  }

  private static void append(StringBuilder out, String name) {
    if (!out.isEmpty()) {
      out.append('.');
    }
    out.append(name);
  }
}
