package dev.troupe.testkit.experiment.plot;

/// The `d` of a path, kept short: a page has many of them.
public final class PathData {

  private final StringBuilder out = new StringBuilder();
  private boolean isDown;

  /// Draws on to a point, or begins there after a gap.
  public void to(double x, double y) {
    out.append(isDown ? 'L' : 'M').append(number(x)).append(' ').append(number(y));
    isDown = true;
  }

  /// What comes next does not hang together with what there is.
  public void gap() {
    isDown = false;
  }

  public void rectangle(double x, double y, double width, double height) {
    out.append('M').append(number(x)).append(' ').append(number(y));
    out.append('h').append(number(width)).append('v').append(number(height));
    out.append('h').append(number(-width)).append('z');
    isDown = false;
  }

  public boolean isEmpty() {
    return out.isEmpty();
  }

  /// With one digit behind the point, where it is not 0.
  static String number(double value) {
    long tenths = Math.round(value * 10);
    var whole = (tenths < 0 ? "-" : "") + Math.abs(tenths) / 10;
    return tenths % 10 == 0 ? whole : whole + "." + Math.abs(tenths % 10);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
