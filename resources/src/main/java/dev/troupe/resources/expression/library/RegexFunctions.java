package dev.troupe.resources.expression.library;

import dev.cel.common.types.SimpleType;
import dev.troupe.resources.expression.notation.RegularExpression;
import java.util.ArrayList;
import java.util.List;

/// `find` and `findAll`, in linear time whatever the pattern.
final class RegexFunctions {

  private RegexFunctions() {}

  static void addTo(FunctionSet set) {
    var text = Parameter.TEXT;
    set.member("find", "string_find_string", SimpleType.STRING, text, text, RegexFunctions::find);
    set.member(
        "findAll",
        "string_find_all_string",
        Parameter.TEXTS,
        text,
        text,
        (where, pattern) -> findAll(where, pattern, -1));
    set.member(
        "findAll",
        "string_find_all_string_int",
        Parameter.TEXTS,
        List.of(text, text, Parameter.INT),
        given -> findAll((String) given[0], (String) given[1], (Long) given[2]));
  }

  private static String find(String where, String pattern) {
    var matcher = RegularExpression.of(pattern).matcher(where);
    return matcher.find() ? matcher.group() : "";
  }

  private static List<String> findAll(String where, String pattern, long most) {
    var found = new ArrayList<String>();
    var matcher = RegularExpression.of(pattern).matcher(where);
    while ((most < 0 || found.size() < most) && matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
