package dev.troupe.clusterconfig.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Something in a configuration cannot be; the message says what, where, and what it may be.
/// Starting again changes nothing.
public final class WrongConfigurationException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public WrongConfigurationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// What the library has found.
  static WrongConfigurationException of(ConfigException found) {
    return new WrongConfigurationException(String.valueOf(found.getMessage()), found);
  }

  /// What is wrong with the value of a key that there is.
  public static WrongConfigurationException at(Config config, String key, String problem) {
    return at(config.getValue(key).origin(), problem);
  }

  static WrongConfigurationException at(ConfigOrigin origin, String problem) {
    return new WrongConfigurationException(origin.description() + ": " + problem, null);
  }
}
