package dev.troupe.clusterconfig.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/// Sees fatal errors that somebody has caught and tells about: event loops, pools and futures catch
/// everything, and go on. Once the process ends by one, nothing more is logged: its last line says
/// why.
public final class FatalLogFilter extends TurboFilter {

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable given) {
    var thrown = given == null ? last(parameters) : given;
    // Below a warning are attempts: at classes that need not be there, for one.
    if (thrown != null
        && (level.isGreaterOrEqual(Level.WARN) || thrown instanceof OutOfMemoryError)) {
      FatalEnd.unlessSurvived(thrown);
    }
    return FatalEnd.isTold() ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  /// With words to fill in, what was thrown comes behind them.
  private static @Nullable Throwable last(Object @Nullable [] parameters) {
    return parameters != null
            && parameters.length > 0
            && parameters[parameters.length - 1] instanceof Throwable thrown
        ? thrown
        : null;
  }
}
