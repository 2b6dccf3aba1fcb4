/// What members tell each other of themselves for people.
@NullMarked
package dev.troupe.runtime.gateway.report;

import org.jspecify.annotations.NullMarked;
