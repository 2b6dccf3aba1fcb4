/// Deletes Kubernetes Events when they are old.
@NullMarked
package dev.troupe.controllers.events;

import org.jspecify.annotations.NullMarked;
