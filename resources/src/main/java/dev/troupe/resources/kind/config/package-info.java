/// What pods are given: config maps, secrets, service accounts.
@NullMarked
package dev.troupe.resources.kind.config;

import org.jspecify.annotations.NullMarked;
