/// The rules of the Kubernetes API as pure functions.
@NullMarked
package dev.troupe.resources;

import org.jspecify.annotations.NullMarked;
