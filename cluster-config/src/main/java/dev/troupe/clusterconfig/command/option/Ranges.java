package dev.troupe.clusterconfig.command.option;

import dev.troupe.clusterconfig.ensemble.Ensemble;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Numbers within bounds, as options take them.
public final class Ranges {

  private Ranges() {}

  public static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return within(value, 0, 65_535);
    }
  }

  public static final class NodeCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return within(value, 0, 5_000);
    }
  }

  public static final class MemberCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return within(value, 1, Ensemble.MOST);
    }
  }

  /// Which of several members.
  public static final class MemberNumber implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return within(value, 1, Ensemble.MOST);
    }
  }

  private static int within(String value, int least, int most) {
    var refusal =
        new TypeConversionException(
            "'%s' is not a whole number from %d to %d".formatted(value, least, most));
    try {
      int number = Integer.parseInt(value);
      if (number < least || number > most) {
        throw refusal;
      }
      return number;
    } catch (NumberFormatException e) {
      throw refusal;
    }
  }
}
