package dev.troupe.apiserver.health;

import java.util.Optional;
import java.util.function.Supplier;

/// Something that must be well for the server to serve.
///
/// @param name as in `/readyz/NAME`
/// @param live whether a failure means that the process should be restarted, not just left alone
/// @param problem what is wrong, in words; empty if nothing is. Must not block
public record HealthCheck(String name, boolean live, Supplier<Optional<String>> problem) {}
