package dev.troupe.runtime.store;

import dev.troupe.api.resource.ResourceKey;
import org.jspecify.annotations.Nullable;

/// Why a write happened. Every event in the journal has one.
///
/// @param kind who is behind `name`
/// @param name the user name, the controller's name, or the part of the platform
/// @param client the user agent; empty for controllers and the platform
/// @param reason what was done or decided, in a few words: a verb for users, the cause of the
///   reconcile for controllers
/// @param subject the object whose reconcile decided the write; null for users
/// @param version the version of `subject` that it was decided on; 0 for users
public record WriteCause(
    Kind kind,
    String name,
    String client,
    String reason,
    @Nullable ResourceKey subject,
    long version) {

  public enum Kind {
    USER,
    CONTROLLER,
    PLATFORM
  }

  public static WriteCause user(String name, String client, String verb) {
    return new WriteCause(Kind.USER, name, client, verb, null, 0);
  }

  public static WriteCause platform(String name, String reason) {
    return new WriteCause(Kind.PLATFORM, name, "", reason, null, 0);
  }

  public static WriteCause controller(
      String controller, String reason, ResourceKey subject, long version) {
    return new WriteCause(Kind.CONTROLLER, controller, "", reason, subject, version);
  }
}
