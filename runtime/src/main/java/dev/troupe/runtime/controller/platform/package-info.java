/// The activities that only the platform can carry out: closing and sweeping namespaces, reading
/// owners.
@NullMarked
package dev.troupe.runtime.controller.platform;

import org.jspecify.annotations.NullMarked;
