/// Objects that depend on each other, as data: brought up in order, taken down in reverse.
@NullMarked
package dev.troupe.api.controller.workflow;

import org.jspecify.annotations.NullMarked;
